'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import { EvaluationFailure } from './evaluation-failure';
import type { LikelyCause } from './likely-cause';

/** Why a certificate stays pending, as far as the console can see; AWS itself tells nobody. */
export function CauseNotice({ cause }: { cause: LikelyCause }) {
  const t = useTranslations('device.cause');
  if (cause.kind === 'evaluation') {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-sm font-semibold">{t('likely')}</p>
        <EvaluationFailure failures={cause.failures} />
        <p className="text-sm">{t('next')}</p>
      </div>
    );
  }
  const isFound = cause.kind !== 'nothing-found' && cause.kind !== 'template-not-readable';
  const values = {
    role: 'roleArn' in cause ? cause.roleArn : '',
    actions: cause.kind === 'role-denied' ? cause.actions.join(', ') : '',
  };
  return (
    <Notice tone={isFound ? 'danger' : 'warning'} role="status" title={t(`${cause.kind}.title`)}>
      <p className="wrap-anywhere">{t(`${cause.kind}.text`, values)}</p>
    </Notice>
  );
}
