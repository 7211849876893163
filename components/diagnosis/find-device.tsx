'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { FailureNotice } from '@/components/ui/failure-notice';
import type { FileContent } from '@/components/ui/file-content';
import { Notice } from '@/components/ui/notice';
import { addressOf } from '@/lib/diagnosis/read-text';
import { FindBox } from './find-box';
import { GivenFindings } from './given-findings';
import { PassphraseForm } from './passphrase-form';
import { RecognisedNotice } from './recognised-notice';
import type { DiagnosedPlace } from './report-text';
import { SearchResult } from './search-result';
import { useBroughtSentence } from './use-brought-sentence';
import { type FindState, type LookUpDevice, useFind } from './use-find';

type FindDeviceProps = {
  place: DiagnosedPlace;
  /** What the address asks for, empty when nothing. */
  asked: string;
  lookUp: LookUpDevice;
};

/** "Which device, and why is it not active?" for whatever somebody has of it. */
export function FindDevice({ place, asked, lookUp }: FindDeviceProps) {
  const t = useTranslations('find');
  const { state, isPending, findText, findFile, clear } = useFind(place.id, lookUp);
  const { recognition, fault, locked, answer, failure, said } = state;

  const isAsked = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what the address asks
  useEffect(() => {
    if (asked === '' || isAsked.current) return;
    isAsked.current = true;
    findText(asked);
  }, []);

  function onText(text: string) {
    keepInAddress(text);
    findText(text);
  }

  function onFile(file: FileContent) {
    keepInAddress('');
    findFile(file);
  }

  return (
    <>
      <FindBox initialText={asked} isPending={isPending} onText={onText} onFile={onFile} onRefused={clear} />
      <p role="status" className="sr-only">
        {isPending ? t('looking') : ''}
      </p>
      {locked === undefined ? null : (
        <PassphraseForm
          fileName={locked.file.name}
          isWrong={locked.isWrong}
          isPending={isPending}
          onPassphrase={(passphrase) => findFile(locked.file, passphrase)}
        />
      )}
      {fault === undefined ? null : <FaultNotice fault={fault} />}
      {recognition === undefined ? null : <RecognisedNotice recognition={recognition} />}
      {said === undefined ? null : <GivenFindings given={said.given} place={place} now={said.at} />}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      {answer === undefined ? null : <SearchResult answer={answer} place={place} />}
    </>
  );
}

/** What names a device can be passed on as an address. Logs and files never get there. */
function keepInAddress(text: string): void {
  const line = addressOf(text);
  const query = line === '' ? '' : `?q=${encodeURIComponent(line)}`;
  window.history.replaceState(null, '', `${window.location.pathname}${query}`);
}

function FaultNotice({ fault }: { fault: NonNullable<FindState['fault']> }) {
  const t = useTranslations('find.fault');
  const sentenceOf = useBroughtSentence();
  return (
    <Notice tone="danger" role="alert" title={sentenceOf(fault)}>
      {'command' in fault ? <CodeBlock label={t('command')} code={fault.command} wraps /> : null}
    </Notice>
  );
}
