'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';

/** What is behind it and what to do, by our code; the codes that a form cannot cause share one sentence. */
const OWN_SENTENCES = [
  'unresolved-reference',
  'declared-parameter-absent',
  'policy-not-found',
  'policy-document-malformed',
  'thing-name-invalid',
  'attribute-value-invalid',
  'thing-exists',
] as const;

type EvaluationFailureProps = { failures: readonly ProvisioningFailure[] };

/** Why AWS would not provision, in our words and in AWS's. */
export function EvaluationFailure({ failures }: EvaluationFailureProps) {
  const t = useTranslations('device.dryRun');
  return (
    <div className="flex flex-col gap-2">
      {failures.map((failure) => {
        const { code, awsName, message, authority, path, params } = failure;
        const own = OWN_SENTENCES.find((known) => known === code) ?? 'other';
        return (
          <Notice
            key={`${code} ${path}`}
            tone="danger"
            title={t(`failure.${own}`, { name: String(params['name'] ?? params['value'] ?? ''), path })}
          >
            <p className="text-xs text-ink-muted">{t(authority === 'measured' ? 'awsSays' : 'awsMaySay')}</p>
            <p className="font-mono text-xs wrap-anywhere">
              {awsName}: {message}
            </p>
          </Notice>
        );
      })}
    </div>
  );
}
