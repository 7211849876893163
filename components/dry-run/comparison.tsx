'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { type ComparedRow, compareOutcomes, type Outcome } from './outcome';

type ComparisonProps = { labels: readonly [string, string]; first: Outcome; second: Outcome };

/** Two versions of a template for the same certificate, row by row. */
export function Comparison({ labels, first, second }: ComparisonProps) {
  const t = useTranslations('dry-run.compare');
  const row = useTranslations('dry-run.row');
  const rows = compareOutcomes(first, second);
  const differing = rows.filter(({ isSame }) => !isSame).length;
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="text-sm font-medium">
        {differing === 0 ? t('same') : t('differs', { count: differing })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div tabIndex={0} className="overflow-x-auto rounded-md border border-line">
        <table className="w-full min-w-lg border-collapse text-left text-sm">
          <caption className="sr-only">{t('title')}</caption>
          <thead className="bg-sunken text-xs text-ink-muted">
            <tr>
              {[t('what'), ...labels].map((label) => (
                <th key={label} scope="col" className="px-3 py-2 font-medium">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((compared) => (
              <tr key={compared.row} className={compared.isSame ? '' : 'bg-warning-soft'}>
                <th scope="row" className="px-3 py-2 align-top font-medium">
                  {row(compared.row)} {compared.isSame ? null : <Badge tone="warning">{t('changed')}</Badge>}
                </th>
                <Cell row={compared.row} values={compared.first} />
                <Cell row={compared.row} values={compared.second} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Cell({ row, values }: { row: ComparedRow['row']; values: readonly string[] }) {
  const t = useTranslations('dry-run');
  const words = (value: string): string => {
    if (row === 'outcome') {
      return value === 'provisioned' ? t('value.provisioned') : t('value.failed', { code: value });
    }
    const deed = DEEDS.find((known) => known === value);
    return row === 'thingDeed' && deed !== undefined ? t(`deed.${deed}`) : value;
  };
  return (
    <td className="max-w-72 px-3 py-2 align-top wrap-anywhere">
      {values.length === 0
        ? t('compare.empty')
        : values.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the values of an outcome stand still
            <span key={index} className="block">
              {words(value)}
            </span>
          ))}
    </td>
  );
}

const DEEDS = ['create', 'reuse', 'update'] as const;
