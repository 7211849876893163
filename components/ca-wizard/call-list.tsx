'use client';

import { useTranslations } from 'use-intl';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { Spinner } from '@/components/ui/spinner';
import { StatusBadge } from '@/components/ui/status-badge';
import { caFileNames } from './ca-facts';
import { commandOf } from './call-commands';
import { CallObstacle } from './call-obstacle';
import type { Registration } from './registration';
import type { CallState, Run } from './run-plan';
import { useWizard } from './wizard-context';
import { caOf } from './wizard-draft';

type CallListProps = {
  run: Run;
  registration: Registration;
  /** Shows what became of each call; before the run there is nothing to show. */
  showsStatus?: boolean;
};

/** The calls in their order, each with its command and, during the run, its result. */
export function CallList({ run, registration, showsStatus = false }: CallListProps) {
  const t = useTranslations('wizard.call');
  const { place, draft } = useWizard();
  const ca = caOf(draft);
  const files = ca === undefined ? { certificate: 'ca.pem', key: 'ca.key.pem' } : caFileNames(ca.facts);
  return (
    <ol className="flex flex-col divide-y divide-line">
      {run.map(({ id, status }, index) => (
        <li key={id} className="flex flex-col gap-1.5 py-3 first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-sm font-medium">
              {index + 1}. {t(`title.${id}`, paramsOf(registration))}
            </span>
            {showsStatus ? <Status status={status} /> : null}
          </div>
          <p className="text-xs text-ink-muted">{t(`what.${id}`)}</p>
          {status.state === 'failed' ? <CallObstacle obstacle={status.obstacle} /> : null}
          <CliDisclosure commands={[commandOf(id, { registration, place, files })]} />
        </li>
      ))}
    </ol>
  );
}

function Status({ status }: { status: CallState }) {
  const t = useTranslations('wizard.call');
  switch (status.state) {
    case 'waiting':
      return <StatusBadge tone="neutral">{t('state.waiting')}</StatusBadge>;
    case 'running':
      return (
        <span className="inline-flex items-center gap-1.5 text-sm text-accent">
          <Spinner /> {t('state.running')}
        </span>
      );
    case 'done':
      return (
        <StatusBadge tone={status.outcome === 'not-needed' ? 'neutral' : 'positive'}>
          {t(`outcome.${status.outcome}`)}
        </StatusBadge>
      );
    case 'failed':
      return <StatusBadge tone="danger">{t('state.failed')}</StatusBadge>;
  }
}

const paramsOf = ({ newPolicy, newRole }: Registration) => ({
  policy: newPolicy?.name ?? '',
  role: newRole?.name ?? '',
});
