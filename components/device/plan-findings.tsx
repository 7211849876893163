'use client';

import { useTranslations } from 'use-intl';
import type { ProvisioningFinding } from '@/lib/provisioning/provisioning-failure';

/** What this one device has to do with; the rest is about the template and belongs to its own page. */
const SHOWN = [
  'thing-reused',
  'default-used',
  'serial-number-ambiguous',
  'certificate-stays-inactive',
  'no-thing-resource',
  'no-policy-resource',
  'policy-allows-everything',
  'thing-name-contains-colon',
] as const;

/** Things that work, but may not be meant. */
export function PlanFindings({ findings }: { findings: readonly ProvisioningFinding[] }) {
  const t = useTranslations('device.dryRun.finding');
  const sentences = findings.flatMap(({ code, params }) => {
    const shown = SHOWN.find((known) => known === code);
    return shown === undefined
      ? []
      : [t(shown, { name: String(params['name'] ?? ''), value: String(params['value'] ?? '') })];
  });
  if (sentences.length === 0) return null;
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-xs text-ink-muted">
      {[...new Set(sentences)].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
