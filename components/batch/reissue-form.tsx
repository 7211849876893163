'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { UnderstoodTemplate } from '@/components/device/understood-template';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { Profile } from '@/lib/batch/profile';
import type { Subject } from '@/lib/pki/subject';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { BatchForm, type BatchFormStart } from './batch-form';
import { newBatchInput } from './batch-input';
import { newSettings, type SettingsForm } from './batch-settings-card';
import type { FormerSettings, ReissueFacts } from './reissue-facts';
import { reissuedSubjects, withSubjects } from './reissued-table';
import type { BatchStart } from './use-batch-run';

type ReissueFormProps = {
  environment: string;
  ca: IssuingCa;
  template: UnderstoodTemplate;
  caHandle: string | undefined;
  profiles: readonly Profile[];
  urls: { registry: string };
  again: ReissueFacts;
  onStart: (request: BatchStart) => void;
};

const STACK = 'flex flex-col gap-4';

type Reading = 'running' | 'failed' | readonly Subject[];

/** The form with devices of an earlier batch, and how that one was issued, filled in. */
export function ReissueForm({ again, ...form }: ReissueFormProps) {
  const { ca, profiles, urls } = form;
  const { batch, devices, seen, isPicked, settings, subjectsUrl, namesUrl, href } = again;
  const t = useTranslations('batch-again.form');
  const [reading, setReading] = useState<Reading>('running');
  const [attempt, setAttempt] = useState(0);
  // Devices that keep their keys have to ask again: nobody else has their public keys.
  const isAsked = settings.keyOrigin === 'console' && devices > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads it again
  useEffect(() => {
    if (!isAsked) return;
    const abort = new AbortController();
    setReading('running');
    void readSubjects(subjectsUrl, abort.signal).then((read) => {
      if (!abort.signal.aborted) setReading(read ?? 'failed');
    });
    return () => abort.abort();
  }, [isAsked, subjectsUrl, attempt]);

  const name = batch.slice(0, 8);
  const link = (
    <Link href={href} className="link">
      {t('toBatch')}
    </Link>
  );
  if (devices === 0) {
    return (
      <div className={STACK}>
        <Notice tone="info" title={t('nothing', { batch: name })}>
          <p>{link}</p>
        </Notice>
        <BatchForm {...form} urls={{ ...urls, names: namesUrl }} />
      </div>
    );
  }
  if (isAsked && reading === 'running') {
    return (
      <p role="status" className="flex items-center gap-2 text-sm">
        <Spinner />
        {t('reading', { count: devices })}
      </p>
    );
  }
  if (isAsked && reading === 'failed') {
    return (
      <Notice tone="danger" role="alert" title={t('unread')}>
        <p>{t('unreadText')}</p>
        <div>
          <Button onPress={() => setAttempt((count) => count + 1)}>{t('readAgain')}</Button>
        </div>
      </Notice>
    );
  }
  const listName = t(isPicked ? 'listPicked' : 'list', { batch: name });
  const initial = startOf(again, { ca, profiles, listName, subjects: isAsked ? reading : [] });
  return (
    <div className={STACK}>
      <Notice tone="info" title={t('title', { count: devices, batch: name })}>
        <p>{t(isAsked ? 'text' : 'textRequests')}</p>
        {seen > 0 ? <p className="font-medium">{t('seen', { count: seen })}</p> : null}
        {settings.profile !== undefined && initial.profile === undefined ? <p>{t('profileGone')}</p> : null}
        <p>{link}</p>
      </Notice>
      <BatchForm {...form} urls={{ ...urls, names: namesUrl }} initial={initial} />
    </div>
  );
}

/** As that batch was issued, by the profile as it is today. */
function startOf(
  { batch, settings: former }: ReissueFacts,
  {
    ca,
    profiles,
    listName,
    subjects,
  }: { ca: IssuingCa; profiles: readonly Profile[]; listName: string; subjects: Reading },
): BatchFormStart {
  const empty = newBatchInput(ca.country);
  const profile = profiles.find(({ id }) => id === former.profile?.id);
  const settings = settingsOf(former);
  return {
    reissueOf: batch,
    input:
      typeof subjects === 'string' || subjects.length === 0
        ? { ...empty, source: former.keyOrigin === 'device' ? 'requests' : 'table' }
        : withSubjects(empty, listName, subjects),
    profile,
    settings:
      profile === undefined
        ? settings
        : {
            ...settings,
            algorithm: profile.content.algorithm,
            formats: profile.content.formats,
            pkcs12Mac: profile.content.pkcs12Mac,
            layout: profile.content.layout,
            passphraseRule: profile.content.passphraseRule,
            validityDays: Math.min(settings.validityDays, profile.content.validityDaysMax),
          },
  };
}

function settingsOf({ algorithm, validityDays, formats, pkcs12Mac, layout, passphraseRule }: FormerSettings) {
  const settings: SettingsForm = newSettings();
  return {
    ...settings,
    algorithm: algorithm ?? settings.algorithm,
    validityDays: validityDays ?? settings.validityDays,
    formats: formats ?? settings.formats,
    pkcs12Mac: pkcs12Mac ?? settings.pkcs12Mac,
    layout: layout ?? settings.layout,
    // Where no format needed one, nothing was chosen.
    passphraseRule:
      passphraseRule === undefined || passphraseRule === 'none' ? settings.passphraseRule : passphraseRule,
  };
}

/** @returns undefined where the server does not say, or says nothing readable */
async function readSubjects(url: string, signal: AbortSignal): Promise<readonly Subject[] | undefined> {
  try {
    // A lost session is answered with the way to the sign-in page.
    const response = await fetch(url, { redirect: 'manual', signal });
    return response.ok ? reissuedSubjects.safeParse(await response.json()).data?.subjects : undefined;
  } catch {
    return undefined;
  }
}
