'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';
import type { TemplateChange } from '@/lib/provisioning/diff/template-change';
import type { VisualValue } from '@/lib/provisioning/document/visual-template';
import { printedValue } from './printed-value';

const KINDS = { added: 'positive', removed: 'danger', changed: 'warning' } as const satisfies Record<
  string,
  Tone
>;

/** The changes, one a row: what it is, and its value before and after. */
export function ChangeList({ changes }: { changes: readonly TemplateChange[] }) {
  const t = useTranslations('templates.diff');
  return (
    <section aria-label={t('changes', { count: changes.length })} className="rounded-md border border-line">
      <p className="border-b border-line px-3 py-2 text-sm font-medium">
        {t('changes', { count: changes.length })}
      </p>
      <ul className="divide-y divide-line">
        {changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, made anew from two texts
          <li key={index} className="px-3 py-2 text-sm">
            <ChangeRow change={change} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ChangeRow({ change }: { change: TemplateChange }) {
  const t = useTranslations('templates.diff');
  const { what, name, before, after } = change;
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge tone={KINDS[kind]}>{t(`kind.${kind}`)}</StatusBadge>
        <span className="min-w-0 font-medium wrap-anywhere">
          {t(`what.${what}`, { name: name.replace('AWS::IoT::Certificate::', '') })}
        </span>
      </p>
      {what === 'parameter' ? null : (
        <dl className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-2">
          <Side label={t('before')} value={before} />
          <Side label={t('after')} value={after} />
        </dl>
      )}
    </>
  );
}

function Side({ label, value }: { label: string; value: VisualValue | undefined }) {
  if (value === undefined) return null;
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className="font-mono text-xs wrap-anywhere whitespace-pre-wrap">{printedValue(value)}</dd>
    </div>
  );
}
