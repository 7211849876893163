'use client';

import { useTranslations } from 'use-intl';
import { TONE_TEXT } from '@/components/ui/tone';
import { ToneIcon } from '@/components/ui/tone-icon';
import type { Severity } from '@/lib/policy/lint/policy-finding';
import type { DocumentSizes } from '@/lib/provisioning/document/template-document';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';
import { SEVERITY_TONES } from './severity';
import { SizeMeter } from './size-meter';

type StatusStripProps = {
  findings: readonly TemplateLint[];
  sizes: DocumentSizes;
  isKept: boolean;
  onFindings: () => void;
};

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** How the document stands: findings by severity, and how much of AWS's limit is used. */
export function StatusStrip({ findings, sizes, isKept, onFindings }: StatusStripProps) {
  const t = useTranslations('editor.strip');
  const { template, compact } = sizes;
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 rounded-md border border-line bg-surface px-3 py-1.5 text-xs">
      <button type="button" onClick={onFindings} className="flex min-h-6 flex-wrap gap-x-3 hover:underline">
        {findings.length === 0 ? (
          <span className="flex items-center gap-1 text-positive">
            <ToneIcon tone="positive" className="size-3.5" />
            {t('clean')}
          </span>
        ) : (
          SEVERITIES.map((severity) => {
            const count = findings.filter((finding) => finding.severity === severity).length;
            if (count === 0) return null;
            const tone = SEVERITY_TONES[severity];
            return (
              <span key={severity} className={`flex items-center gap-1 ${TONE_TEXT[tone]}`}>
                <ToneIcon tone={tone} className="size-3.5" />
                {t(severity, { count })}
              </span>
            );
          })
        )}
      </button>
      <span data-sizes>
        <SizeMeter label={t('template')} characters={template.characters} max={template.max} />
      </span>
      {compact.characters < template.characters ? (
        <span className="text-ink-muted">{t('compact', { characters: compact.characters })}</span>
      ) : null}
      <span className="ml-auto text-ink-muted">{t(isKept ? 'kept' : 'notKept')}</span>
    </div>
  );
}
