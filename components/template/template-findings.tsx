'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { AttachCheck } from '@/lib/provisioning/check-on-attach';
import type { ProvisioningFailure, ProvisioningFinding } from '@/lib/provisioning/provisioning-failure';
import { ACCOUNT_PLACEHOLDER } from './template-text';

/** What AWS refuses about a template, what would fail for every device, and what is likely not meant. */
export function TemplateFindings({ check }: { check: AttachCheck }) {
  const t = useTranslations('template.check');
  const { refusals, failsForEveryDevice } = check;
  // The account's placeholder has its own notice, with the button that fills it in.
  const findings = check.findings.filter(({ params }) => params['placeholder'] !== ACCOUNT_PLACEHOLDER);
  return (
    <>
      {refusals.length === 0 ? null : (
        <Notice tone="danger" role="alert" title={t('refused')}>
          <FailureList failures={refusals} />
        </Notice>
      )}
      {failsForEveryDevice.length === 0 ? null : (
        <Notice tone="danger" role="alert" title={t('failsAlways')}>
          <FailureList failures={failsForEveryDevice} />
        </Notice>
      )}
      {findings.length === 0 ? null : (
        <Notice tone="warning" title={t('findings', { count: findings.length })}>
          <ul className="list-disc space-y-1 pl-5">
            {findings.map((finding) => (
              <li key={`${finding.code} ${finding.path}`}>
                <FindingSentence finding={finding} />{' '}
                <span className="font-mono text-xs">{finding.path}</span>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

/** The codes that can be said of a template alone; the others need a certificate. */
const FAILURES = [
  'template-too-long',
  'template-not-json',
  'template-malformed',
  'parameter-not-available',
  'resource-type-unknown',
  'more-than-one-resource',
  'certificate-resource-missing',
  'certificate-id-missing',
  'policy-name-and-document-missing',
  'policy-name-and-document-both',
  'policy-document-malformed',
  'unresolved-reference',
  'function-not-supported',
  'property-missing',
] as const;

const FINDINGS = [
  'no-thing-resource',
  'no-policy-resource',
  'policy-document-is-object',
  'policy-allows-everything',
  'policy-document-finding',
  'status-override-has-no-effect',
  'fleet-only-section',
  'parameter-unused',
  'parameter-type-unknown',
  'property-unknown',
  'placeholder-left',
] as const;

function FailureList({ failures }: { failures: readonly ProvisioningFailure[] }) {
  const t = useTranslations('template.check');
  return (
    <ul className="list-disc space-y-2 pl-5">
      {failures.map((failure) => {
        const known = FAILURES.find((code) => code === failure.code) ?? 'other';
        return (
          <li key={`${failure.code} ${failure.path}`}>
            {t(`failure.${known}`, failure.params)} <span className="font-mono text-xs">{failure.path}</span>
            <span className="block text-xs text-ink-muted">
              {t(`authority.${failure.authority}`, { name: failure.awsName, message: failure.message })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function FindingSentence({ finding }: { finding: ProvisioningFinding }) {
  const t = useTranslations('template.check');
  const known = FINDINGS.find((code) => code === finding.code) ?? 'other';
  return t(`finding.${known}`, { ...finding.params, code: finding.code });
}
