'use client';

import Link from 'next/link';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { pendingQueueHref } from '@/components/registry/hrefs';
import { useLive } from '@/components/status/live/use-live';
import { Ladder, type Rung } from '@/components/ui/ladder';
import type { Tone } from '@/components/ui/tone';
import { isAbout, type LiveEvent } from '@/lib/registry/live-event';
import {
  type HeardContact,
  type RehearsalFacts,
  type RehearsalStep,
  rehearsalSteps,
} from '@/lib/registry/rehearsal';

type RehearsalStepsProps = {
  environment: string;
  certificateId: string;
  clientName: string;
  facts: Omit<RehearsalFacts, 'contacts'>;
  /** A sandbox says why; AWS does not. */
  isExplained: boolean;
  readAt: string;
};

const TONES: Record<RehearsalStep['state'], Tone> = {
  done: 'positive',
  waiting: 'info',
  todo: 'neutral',
  failed: 'danger',
  'not-needed': 'neutral',
  unseen: 'info',
};

/** Contacts that are kept; one device connects a few times in a rehearsal. */
const CONTACTS_MAX = 50;

/** The device's way, step by step, while somebody connects it. */
export function RehearsalSteps(props: RehearsalStepsProps) {
  const { environment, certificateId, clientName, facts, isExplained, readAt } = props;
  const t = useTranslations('rehearsal');
  const contacts = useContacts(environment, { certificateId, names: [clientName] }, readAt);
  const steps = rehearsalSteps({ ...facts, contacts });
  const rungs = steps.map(
    ({ id, state, at, reason }): Rung => ({
      id,
      title: t(`step.${id}.title`),
      tone: TONES[state],
      word: t(`state.${state}`),
      at,
      isCurrent: state === 'waiting' || state === 'failed',
      detail: (
        <>
          <p>{t(`step.${id}.${state === 'done' ? 'done' : 'text'}`, { topic: `${clientName}/test` })}</p>
          {reason === undefined ? null : (
            <p lang="en" className="wrap-anywhere">
              {reason}
            </p>
          )}
          {id === 'provisioning' && facts.status === 'PENDING_ACTIVATION' ? (
            <Link href={pendingQueueHref(environment)} className="link">
              {t('toPending')}
            </Link>
          ) : null}
        </>
      ),
    }),
  );
  return (
    <>
      <Ladder label={t('watch')} rungs={rungs} />
      {isExplained ? null : <p className="text-xs text-ink-muted">{t('awsSilent')}</p>}
    </>
  );
}

/** Connects and their ends, as the broker tells of them while the page is open. */
function useContacts(
  environment: string,
  device: { certificateId: string; names: readonly string[] },
  readAt: string,
): readonly HeardContact[] {
  const [contacts, setContacts] = useState<readonly HeardContact[]>([]);
  const onChange = useCallback((events: readonly LiveEvent[]) => {
    const heard = events.flatMap((event) =>
      event.kind === 'connected' || event.kind === 'disconnected' || event.kind === 'connect-failed'
        ? [{ kind: event.kind, at: event.at }]
        : [],
    );
    if (heard.length > 0) setContacts((now) => [...now, ...heard].slice(-CONTACTS_MAX));
  }, []);
  useLive({ environment, readAt, concerns: (event) => isAbout(event, { device }), onChange });
  return contacts;
}
