'use client';

import { useTranslations } from 'use-intl';
import { deviceHref } from '@/components/registry/hrefs';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import { LinkButton } from '@/components/ui/link-button';

import type { Looked, SearchAnswer } from '@/lib/diagnosis/search-answer';
import { ActivationLadder } from './activation-ladder';
import { CandidateList } from './candidate-list';
import { ConnectionState } from './connection-state';
import { DiagnosisCard } from './diagnosis-card';
import type { DiagnosedPlace } from './report-text';

type SearchResultProps = { answer: SearchAnswer; place: DiagnosedPlace };

/** The devices that may be meant; of the one that is, why it is not active. */
export function SearchResult({ answer, place }: SearchResultProps) {
  const t = useTranslations('find.result');
  const what = useTranslations('diagnosis.what');
  const { candidates, looked, isCut, device } = answer;
  const { id } = place;
  if (candidates.length === 0) {
    return (
      <Card title={t('nothing')}>
        <div className="flex flex-col gap-3 text-sm">
          <p className="max-w-prose">{t('nothingMeans')}</p>
          <LookedList looked={looked} />
        </div>
      </Card>
    );
  }
  return (
    <>
      <Card
        title={t('found', { count: candidates.length })}
        {...(device === undefined
          ? {}
          : { actions: <LinkButton href={deviceHref(id, device.certificateId)}>{t('open')}</LinkButton> })}
      >
        <div className="flex flex-col gap-3">
          {candidates.length > 1 && device === undefined ? <p className="text-sm">{t('ambiguous')}</p> : null}
          <CandidateList environment={id} candidates={candidates} />
          {isCut ? <p className="text-sm text-ink-muted">{t('cut')}</p> : null}
          {looked.length === 0 ? null : (
            <Disclosure summary={t('looked')}>
              <LookedList looked={looked} />
            </Disclosure>
          )}
        </div>
      </Card>
      {device === undefined ? null : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <DiagnosisCard device={device} place={place} />
          <Card title={what('activation')}>
            <div className="flex flex-col gap-4">
              <ActivationLadder environment={id} device={device} />
              <hr className="border-line" />
              <ConnectionState connection={device.diagnosis.ladder.connection} />
            </div>
          </Card>
        </div>
      )}
    </>
  );
}

function LookedList({ looked }: { looked: readonly Looked[] }) {
  const t = useTranslations('find');
  return (
    <ul className="flex list-disc flex-col gap-0.5 pl-5 text-sm">
      {looked.map(({ place, what, outcome }) => (
        <li key={`${place} ${what}`} className="wrap-anywhere">
          {t(`outcome.${outcome}`, { place: t(`place.${place}`) })}{' '}
          <span className="font-mono text-xs text-ink-muted">{what}</span>
        </li>
      ))}
    </ul>
  );
}
