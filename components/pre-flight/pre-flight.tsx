'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { FailureNotice } from '@/components/ui/failure-notice';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { Tone } from '@/components/ui/tone';
import type { BundleFault } from '@/lib/browser/open-bundle';
import type { WorkerStopped } from '@/lib/browser/worker-stopped';
import { type PreFlightVerdict, verdictOf } from '@/lib/diagnosis/pre-flight/check';
import { CheckList } from './check-list';
import { useCheckWords } from './use-check-words';
import { type CheckBundle, type Checked, usePreFlight } from './use-pre-flight';

/** What one file may have; the worker bounds the whole. */
const DROPPED_BYTES_MAX = 524_288;

const EXTENSIONS = ['.zip', '.pem', '.crt', '.cer', '.key', '.der', '.txt', '.json'] as const;

const TONES: Record<PreFlightVerdict, Tone> = {
  go: 'positive',
  'go-noted': 'positive',
  'not-sure': 'warning',
  'no-go': 'danger',
};

/** Takes a bundle and goes through the list: first what the page can judge by itself, then what AWS has to say. */
export function PreFlight({ environment, checkBundle }: { environment: string; checkBundle: CheckBundle }) {
  const t = useTranslations('preflight');
  const { work, fault, failure, checked, take } = usePreFlight(environment, checkBundle);
  return (
    <div className="flex flex-col gap-4">
      <FileDrop
        label={t('drop.label')}
        help={t('drop.help')}
        constraint={t('drop.constraint')}
        bytesMax={DROPPED_BYTES_MAX}
        extensions={EXTENSIONS}
        allowsMultiple
        onContents={(contents) => void take(contents)}
      />
      <p role="status" className="flex items-center gap-2 text-sm text-ink-muted empty:hidden">
        {work === 'idle' ? null : (
          <>
            <Spinner />
            {t(`drop.${work}`)}
          </>
        )}
      </p>
      {fault === undefined ? null : <FaultNotice fault={fault} />}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      {checked === undefined ? null : <Result checked={checked} isWhole={failure === undefined} />}
    </div>
  );
}

function FaultNotice({ fault }: { fault: BundleFault | WorkerStopped }) {
  const t = useTranslations('preflight.fault');
  const words = useTranslations('failure');
  const { kind, ...params } = fault;
  const title = kind === 'worker-stopped' ? words('workerStopped') : t(kind, params);
  return <Notice tone="danger" role="alert" title={title} />;
}

function Result({ checked, isWhole }: { checked: Checked; isWhole: boolean }) {
  const t = useTranslations('preflight');
  const format = useFormatter();
  const { reportOf } = useCheckWords();
  const { name, at, checks } = checked;
  const judged = verdictOf(checks);
  // Half a list cannot clear a device.
  const verdict = isWhole || judged === 'no-go' ? judged : 'not-sure';
  const time = format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  const about = t('of', { name, time });
  const count = checks.filter(({ state }) => state === 'fail').length;
  return (
    <>
      <Notice tone={TONES[verdict]} role="status" title={t(`verdict.${verdict}`, { count })}>
        <p>{t(`verdictText.${verdict}`)}</p>
      </Notice>
      <Card
        title={t('result')}
        aside={<span className="wrap-anywhere">{about}</span>}
        actions={
          <CopyButton
            text={reportOf({ about, verdict: t(`verdict.${verdict}`, { count }) }, checks)}
            what={t('result')}
            variant="secondary"
          >
            {t('copy')}
          </CopyButton>
        }
      >
        <CheckList checks={checks} />
      </Card>
    </>
  );
}
