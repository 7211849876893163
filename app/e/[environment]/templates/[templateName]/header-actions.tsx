import { dryRunHref } from '@/components/dry-run/dry-run-href';
import { SaveFileButton } from '@/components/template-library/save-file-button';
import { TemplateActions } from '@/components/template-library/template-actions';
import { editorHref } from '@/components/template-library/templates-query';
import { LinkButton } from '@/components/ui/link-button';
import { RefreshButton } from '@/components/ui/refresh-button';
import { can, type Operator } from '@/lib/auth/permissions';
import type { Environment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import type { TemplateUsers, TemplateWithVersions } from '@/lib/registry/provisioning-template';
import {
  deleteTemplate,
  deleteTemplateVersion,
  setDefaultVersion,
  setTemplateEnabled,
  switchCaTemplate,
} from './actions';

type HeaderActionsProps = {
  operator: Operator;
  environment: Environment;
  template: TemplateWithVersions;
  users: TemplateUsers | undefined;
};

/** What this operator may do with the template. */
export async function HeaderActions({ operator, environment, template, users }: HeaderActionsProps) {
  const [t, dryRun] = await Promise.all([getTranslations('templates'), getTranslations('dry-run')]);
  const { id, accountId, region, endpoints } = environment;
  const { detail, versions } = template;
  const scope = { environment: id };
  const mayUpdate = can(operator, 'template:update', scope);
  const mayDelete = can(operator, 'template:delete', scope);
  return (
    <>
      <RefreshButton readAt={new Date().toISOString()} />
      <SaveFileButton template={detail} />
      {mayUpdate || mayDelete ? (
        <TemplateActions
          environment={id}
          accountId={accountId}
          cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
          template={detail}
          versionIds={versions.map(({ versionId }) => versionId)}
          users={users}
          mayUpdate={mayUpdate}
          mayDelete={mayDelete}
          setDefaultVersion={setDefaultVersion}
          setTemplateEnabled={setTemplateEnabled}
          deleteTemplateVersion={deleteTemplateVersion}
          deleteTemplate={deleteTemplate}
          switchCaTemplate={switchCaTemplate}
        />
      ) : null}
      <LinkButton href={dryRunHref(id, { template: detail.name })}>{dryRun('page.open')}</LinkButton>
      <LinkButton
        variant={mayUpdate ? 'primary' : 'secondary'}
        href={editorHref(id, { template: detail.name, version: detail.defaultVersionId })}
      >
        {t('openInEditor')}
      </LinkButton>
    </>
  );
}
