'use client';

import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Ladder, type Rung } from '@/components/ui/ladder';
import { RefreshButton } from '@/components/ui/refresh-button';
import type { Tone } from '@/components/ui/tone';
import type { Failure } from '@/lib/failure';
import {
  type FirstConnectFacts,
  firstConnect,
  type RungId,
  type RungState,
} from '@/lib/registry/first-connect';
import { failureKey } from './failure-key';
import { usePolling } from './use-polling';

type Attached = { label: string; href: Route };

type FirstConnectCardProps = {
  facts: FirstConnectFacts;
  /** ISO 8601. */
  readAt: string;
  issuedAt: string;
  registeredAt: string | undefined;
  things: readonly Attached[];
  policies: readonly Attached[];
  /** What AWS could not be asked about. */
  failures: readonly Failure[];
  /** What to say and do now, above the ladder. */
  children: ReactNode;
};

const TONES: Record<RungState, Tone> = {
  done: 'positive',
  waiting: 'info',
  todo: 'neutral',
  'not-needed': 'neutral',
  missing: 'warning',
  stopped: 'danger',
  gone: 'danger',
  unread: 'warning',
};

/** The climb of one device to an active certificate, read again by itself while it lasts. */
export function FirstConnectCard(props: FirstConnectCardProps) {
  const { facts, readAt, issuedAt, registeredAt, things, policies, failures, children } = props;
  const t = useTranslations('device.ladder');
  const { phase, rungs, goesOn } = firstConnect(facts);
  const busy = failures.find(({ kind }) => kind === 'busy');
  const { isOver, watchOn } = usePolling({
    isOn: goesOn,
    phase,
    busyMs: busy?.kind === 'busy' ? busy.retryAfterMs : undefined,
  });

  const at: Partial<Record<RungId, string | undefined>> = { issued: issuedAt, registered: registeredAt };
  const details: Partial<Record<RungId, ReactNode>> = {
    thing: things.length > 0 ? <Links links={things} /> : undefined,
    policy: policies.length > 0 ? <Links links={policies} /> : undefined,
  };
  /** Where the state alone does not say enough. */
  function hintOf(id: RungId, state: RungState): string | undefined {
    if (id !== 'thing' && id !== 'policy') return undefined;
    return state === 'missing' || state === 'not-needed' || state === 'unread'
      ? t(`hint.${id}.${state}`)
      : undefined;
  }
  function toRung({ id, state }: (typeof rungs)[number]): Rung {
    const detail = details[id] ?? hintOf(id, state);
    return {
      id,
      title: t(`rung.${id}`),
      tone: TONES[state],
      word: id === 'contact' && state === 'waiting' ? t('awaiting') : t(`state.${state}`),
      at: state === 'done' ? at[id] : undefined,
      isCurrent: state === 'waiting',
      detail,
    };
  }
  return (
    <Card title={t('title')} actions={<RefreshButton readAt={readAt} />}>
      <div className="flex flex-col gap-4">
        {failures.map((failure) => (
          <FailureNotice key={failureKey(failure)} failure={failure} />
        ))}
        {children}
        <div aria-live="polite">
          <Ladder label={t('title')} rungs={rungs.map(toRung)} />
        </div>
        {isOver ? (
          <div role="status" className="flex flex-wrap items-center gap-3 text-xs text-ink-muted">
            <p>{t('watchEnded')}</p>
            <Button onPress={watchOn}>{t('watchOn')}</Button>
          </div>
        ) : (
          <p className="text-xs text-ink-muted">{t(goesOn ? 'watching' : 'notWatching')}</p>
        )}
      </div>
    </Card>
  );
}

function Links({ links }: { links: readonly Attached[] }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      {links.map(({ label, href }) => (
        <Link key={href} href={href} className="link font-mono text-xs wrap-anywhere">
          {label}
        </Link>
      ))}
    </span>
  );
}
