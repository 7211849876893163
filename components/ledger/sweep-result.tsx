'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { SweepFacts } from './sweep-facts';

function gapKey({ part, id, reason }: Pick<SweepFacts['unseen'][number], 'part' | 'id' | 'reason'>) {
  if (part === 'details' && id !== undefined) return 'gap.detailsOf';
  return reason === 'too-many-cas' ? 'gap.moreCas' : (`gap.${part}` as const);
}

/** What it counted, and what it could not see. */
export function SweepResult({ sweep }: { sweep: SweepFacts }) {
  const t = useTranslations('ledger-work.sweep');
  const { scope, counts, index, unseen, unseenCount } = sweep;
  const figures = (['listed', 'changed', 'added', 'deleted'] as const).map((key) => ({
    label: t(key),
    value: String(counts[key]),
  }));
  const indexed = index === 'read' ? String(counts.indexed) : t(`index.${index}`);
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3 lg:grid-cols-6">
        {[
          ...figures,
          ...(scope === 'account' ? [] : [{ label: t('indexed'), value: indexed }]),
          { label: t('refused'), value: String(counts.refused) },
        ].map(({ label, value }) => (
          <div key={label} className="min-w-0">
            <dt className="text-xs text-ink-muted">{label}</dt>
            <dd className="text-sm font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {unseenCount === 0 ? null : (
        <Notice tone="warning" title={t('gaps', { count: unseenCount })}>
          <ul className="flex list-disc flex-col gap-1 pl-5">
            {unseen.map(({ part, id, reason, message }) => {
              const why = reason === 'unreadable' ? t('unreadable') : reason;
              const shortId = id === undefined ? '' : shortenMiddle(id);
              return (
                <li key={`${part} ${id}`} className="wrap-anywhere">
                  {t(gapKey({ part, id, reason }), { id: shortId, reason: why })}
                  {message === '' ? null : <span className="text-ink-muted"> {message}</span>}
                </li>
              );
            })}
          </ul>
          {unseenCount > unseen.length ? (
            <p>{t('moreGaps', { count: unseenCount - unseen.length })}</p>
          ) : null}
        </Notice>
      )}
    </>
  );
}
