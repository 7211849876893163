'use client';

import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { policyHref, thingHref } from '@/components/registry/hrefs';
import { Ladder, type Rung } from '@/components/ui/ladder';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { Tone } from '@/components/ui/tone';
import { type DeviceDiagnosis, headlineOf } from '@/lib/diagnosis/device-diagnosis';
import type { LadderRung } from '@/lib/diagnosis/ladder';
import type { RungState } from '@/lib/registry/first-connect';

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

/** The climb from issued to active, with times and the rung it hangs on. Whether the device is online is not among it. */
export function ActivationLadder({
  environment,
  device,
}: {
  /** Undefined: names alone, for readers whom the console does not let in. */
  environment: string | undefined;
  device: DeviceDiagnosis;
}) {
  const t = useTranslations('diagnosis.ladder');
  const { rungs, hangsAt } = device.diagnosis.ladder;
  // A device that nobody has switched on yet waits; it is held up only where a cause is known.
  const isHeld = headlineOf(device.diagnosis) !== undefined;
  const details: Partial<Record<LadderRung['id'], ReactNode>> = {
    thing: linksTo(
      device.things.map((name) => ({
        label: name,
        href: environment === undefined ? undefined : thingHref(environment, name),
      })),
    ),
    policy: linksTo(
      device.policies.map((name) => ({
        label: shortenMiddle(name),
        href: environment === undefined ? undefined : policyHref(environment, name),
      })),
    ),
  };
  /** Where the state alone does not say enough. */
  function hintOf({ id, state }: LadderRung): string | undefined {
    if (id === 'contact') return state === 'not-needed' ? t('hint.contact.not-needed') : undefined;
    if (id !== 'thing' && id !== 'policy') return undefined;
    return state === 'missing' || state === 'not-needed' || state === 'unread'
      ? t(`hint.${id}.${state}`)
      : undefined;
  }
  function toRung(rung: LadderRung): Rung {
    const { id, state, at } = rung;
    return {
      id,
      title: t(`rung.${id}`),
      tone: TONES[state],
      word: id === 'contact' && state === 'waiting' ? t('awaiting') : t(`state.${state}`),
      at: at?.toISOString(),
      isCurrent: id === hangsAt,
      detail: details[id] ?? hintOf(rung) ?? (id === hangsAt && isHeld ? t('hangsHere') : undefined),
    };
  }
  return (
    <div aria-live="polite">
      <Ladder label={t('title')} rungs={rungs.map(toRung)} />
    </div>
  );
}

function linksTo(links: readonly { label: string; href: Route | undefined }[]): ReactNode | undefined {
  if (links.length === 0) return undefined;
  return (
    <span className="flex flex-wrap gap-x-3">
      {links.map(({ label, href }) =>
        href === undefined ? (
          <span key={label} className="font-mono text-xs wrap-anywhere">
            {label}
          </span>
        ) : (
          <Link key={href} href={href} className="link font-mono text-xs wrap-anywhere">
            {label}
          </Link>
        ),
      )}
    </span>
  );
}
