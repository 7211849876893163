'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { caHref } from '@/components/registry/hrefs';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { KeyOpenForm } from './key-open-form';
import type { Obstacle } from './run-plan';
import { useWizard } from './wizard-context';
import { caOf } from './wizard-draft';

/** Why a call did not reach what it was for, and what to do. */
export function CallObstacle({ obstacle }: { obstacle: Obstacle }) {
  const t = useTranslations('wizard.obstacle');
  const failure = useTranslations('failure');
  const format = useFormatter();
  const { draft, place, holdKey, keyHandle } = useWizard();
  const ca = caOf(draft);
  switch (obstacle.kind) {
    case 'failure':
      return <FailureNotice failure={obstacle.failure} />;
    case 'ca-differs':
      return (
        <Notice tone="danger" role="alert" title={t('caDiffers')}>
          <p>
            {t('caDiffersHelp', {
              list: format.list(obstacle.differences.map((difference) => t(`difference.${difference}`))),
            })}
          </p>
          {ca === undefined ? null : (
            <div>
              <LinkButton href={caHref(place.environmentId, ca.facts.caId)}>{t('openCa')}</LinkButton>
            </div>
          )}
        </Notice>
      );
    case 'key-needed':
      if (keyHandle !== undefined) return <Notice tone="positive" role="status" title={t('keyBack')} />;
      return (
        <>
          <Notice tone="warning" role="alert" title={t('keyNeeded')} />
          {ca === undefined ? null : (
            <KeyOpenForm
              ca={ca}
              label={t('keyFile')}
              onOpened={({ handle }) => holdKey(ca.facts.caId, handle)}
            />
          )}
        </>
      );
    case 'policy-differs':
      return (
        <Notice tone="danger" role="alert" title={t('policyDiffers', { name: obstacle.name })}>
          <p>{t('policyDiffersHelp')}</p>
        </Notice>
      );
    case 'role-not-trusting':
      return (
        <Notice tone="danger" role="alert" title={t('roleNotTrusting', { name: obstacle.name })}>
          <p>{t('roleNotTrustingHelp')}</p>
        </Notice>
      );
    case 'role-elsewhere':
      return (
        <Notice tone="danger" role="alert" title={t('roleElsewhere')}>
          <p>{t('roleElsewhereHelp', { arn: obstacle.arn })}</p>
        </Notice>
      );
    case 'verification-failed':
      return (
        <Notice tone="danger" role="alert" title={t('verificationFailed')}>
          <p>{t('verificationFailedHelp', { code: obstacle.code })}</p>
        </Notice>
      );
    case 'worker-stopped':
      return <Notice tone="danger" role="alert" title={failure('workerStopped')} />;
    case 'no-answer':
      return (
        <Notice tone="danger" role="alert" title={t('noAnswer')}>
          <p>{t('noAnswerHelp')}</p>
        </Notice>
      );
  }
}
