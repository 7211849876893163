'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useStepWords } from '@/components/acts/use-step-words';
import { deviceHref } from '@/components/registry/hrefs';
import { Id } from '@/components/ui/id';
import { ResourceTable } from '@/components/ui/resource-table';
import { StatusBadge } from '@/components/ui/status-badge';
import { TimeAgo } from '@/components/ui/time-ago';
import type { Tone } from '@/components/ui/tone';
import { useFailureSentences } from '@/components/ui/use-failure-sentence';
import type { BroughtCertificate, BroughtState } from '@/lib/registry/brought-certificates';
import type { Registered } from './use-registration';

type BroughtTableProps = {
  environment: string;
  certificates: readonly BroughtCertificate[];
  registered: Registered;
  mayStandAlone: boolean;
};

const TONES: Record<BroughtState, Tone> = {
  ready: 'info',
  'no-ca': 'warning',
  expired: 'danger',
  'not-yet-valid': 'warning',
  revoked: 'danger',
};

/** What was found in the files, and what became of each. */
export function BroughtTable({ environment, certificates, registered, mayStandAlone }: BroughtTableProps) {
  const t = useTranslations('registration');
  return (
    <ResourceTable
      label={t('table')}
      rows={certificates}
      rowKey={({ certificateId }) => certificateId}
      empty={null}
      columns={[
        {
          id: 'name',
          header: t('column.name'),
          isRowHeader: true,
          cell: ({ name, subject, certificateId }) => (
            <div className="flex flex-col gap-0.5">
              {registered.has(certificateId) ? (
                <Link href={deviceHref(environment, certificateId)} className="link wrap-anywhere">
                  {name}
                </Link>
              ) : (
                <span className="wrap-anywhere">{name}</span>
              )}
              {subject === name ? null : (
                <span className="text-xs font-normal text-ink-muted wrap-anywhere">{subject}</span>
              )}
            </div>
          ),
        },
        {
          id: 'id',
          header: t('column.id'),
          cell: ({ certificateId }) => <Id value={certificateId} label={t('column.id')} />,
        },
        {
          id: 'file',
          header: t('column.file'),
          isSecondary: true,
          cell: ({ fileName }) => <span className="font-mono text-xs wrap-anywhere">{fileName}</span>,
        },
        { id: 'ca', header: t('column.ca'), cell: ({ ca }) => ca?.name ?? t('alone') },
        { id: 'until', header: t('column.until'), cell: ({ notAfter }) => <TimeAgo at={notAfter} /> },
        {
          id: 'state',
          header: t('column.state'),
          cell: ({ certificateId, state }) => (
            <StateCell
              state={state === 'no-ca' && !mayStandAlone ? 'forbidden' : state}
              result={registered.get(certificateId)}
            />
          ),
        },
      ]}
    />
  );
}

type StateCellProps = {
  state: BroughtState | 'forbidden';
  result: ReturnType<Registered['get']>;
};

function StateCell({ state, result }: StateCellProps) {
  const t = useTranslations('registration');
  const acts = useTranslations('acts.run');
  const wordsOf = useStepWords('approve');
  const sentenceOf = useFailureSentences();
  if (result === undefined) {
    const tone = state === 'forbidden' ? 'danger' : TONES[state];
    return (
      <div className="flex flex-col items-start gap-0.5">
        <StatusBadge tone={tone}>{t(`state.${state}`)}</StatusBadge>
        {state === 'ready' ? null : <span className="text-xs text-ink-muted">{t(`stateText.${state}`)}</span>}
      </div>
    );
  }
  const { steps, failure } = result;
  return (
    <div className="flex flex-col items-start gap-0.5">
      <StatusBadge tone={result.state === 'failed' ? 'danger' : 'positive'}>
        {acts(`item.${result.state}`)}
      </StatusBadge>
      {failure === undefined ? null : (
        <span className="text-xs text-danger">
          {sentenceOf(failure).sentence} {sentenceOf(failure).nextStep}
        </span>
      )}
      <span className="text-xs text-ink-muted">
        {steps.map(({ step, state: of }) => `${wordsOf(step)}: ${acts(`step.${of}`)}`).join(' · ')}
      </span>
    </div>
  );
}
