'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import type { ImportedRow, ImportOutcome } from '@/lib/batch/import-file';
import type { Failure } from '@/lib/failure';
import { ImportRowFaults } from './import-rows';

export type GoodRow = { file: string; line: number; row: ImportedRow };

type ImportCheckedProps = {
  good: readonly GoodRow[];
  outcomes: readonly ImportOutcome[];
  failure: Failure | undefined;
  onImport: (fresh: readonly GoodRow[], outcomes: readonly ImportOutcome[]) => Promise<void>;
};

/** What the ledger said of each row. */
export function ImportChecked({ good, outcomes, failure, onImport }: ImportCheckedProps) {
  const t = useTranslations('ledger-work.import');
  const fresh = good.filter((_, index) => outcomes[index] === 'new');
  const foreign = good.filter((_, index) => outcomes[index] === 'not-signed-by-ca');
  const known = good.length - fresh.length - foreign.length;
  return (
    <Card title={t('checkedTitle')}>
      <div className="flex flex-col gap-4">
        <dl className="grid grid-cols-1 gap-x-8 gap-y-2 sm:grid-cols-3">
          {[
            { label: t('fresh'), count: fresh.length },
            { label: t('known'), count: known },
            { label: t('refused'), count: foreign.length },
          ].map(({ label, count }) => (
            <div key={label}>
              <dt className="text-xs text-ink-muted">{label}</dt>
              <dd className="text-xl font-semibold tabular-nums">{count}</dd>
            </div>
          ))}
        </dl>
        <ImportRowFaults
          rows={foreign.map(({ file, line }) => ({ file, line, fault: 'not-signed-by-ca' }))}
          tone="warning"
        />
        {failure === undefined ? null : <ImportFailed failure={failure} />}
        {fresh.length === 0 ? (
          <p className="text-sm">{t('nothingNew')}</p>
        ) : (
          <div>
            <Button variant="primary" onPress={() => void onImport(fresh, outcomes)}>
              {t('import', { count: fresh.length })}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

/** What the server refused, or that nobody knows. */
export function ImportFailed({ failure }: { failure: Failure }) {
  const t = useTranslations('ledger-work.import');
  return failure.kind === 'no-answer' ? (
    <Notice tone="danger" role="alert" title={t('noAnswer')} />
  ) : (
    <FailureNotice failure={failure} />
  );
}
