import { CaActions } from '@/components/ca/ca-actions';
import { issueHref } from '@/components/ca/hrefs';
import { rotationHref } from '@/components/ca/rotation-href';
import { RelationsLink } from '@/components/relations/relations-link';
import { LinkButton } from '@/components/ui/link-button';
import { RefreshButton } from '@/components/ui/refresh-button';
import { can } from '@/lib/auth/permissions';
import { getTranslations } from '@/lib/locale/get-translations';
import { type CaActionFacts, caActionProps } from './action-props';

/** What this operator may do with the CA. */
export async function HeaderActions(facts: CaActionFacts) {
  const [t, hierarchy] = await Promise.all([getTranslations('ca'), getTranslations('hierarchy')]);
  const { operator, environment, ca } = facts;
  return (
    <>
      <RefreshButton readAt={new Date().toISOString()} />
      <RelationsLink environment={environment.id} subject="ca" name={ca.caId} />
      <LinkButton href={rotationHref(environment.id, ca.caId)}>{hierarchy('rotation.open')}</LinkButton>
      <CaActions {...caActionProps(facts)} />
      {can(operator, 'device:issue', { environment: environment.id, caId: ca.caId }) ? (
        <LinkButton
          variant={ca.status === 'ACTIVE' ? 'primary' : 'secondary'}
          href={issueHref(environment.id, ca.caId)}
        >
          {t('issue')}
        </LinkButton>
      ) : null}
    </>
  );
}
