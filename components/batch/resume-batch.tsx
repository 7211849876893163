'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { PassphraseListPlace } from '@/lib/browser/batch/batch.protocol';
import { archiveName } from './archive-name';
import type { OpenBatchFacts } from './open-batch-facts';
import type { OutputKind } from './output-choice';
import { OutputField, PassphraseFields, PassphraseListField } from './output-fields';
import { passphraseFaults } from './passphrase-faults';
import { useBatchReadme } from './use-batch-readme';
import type { BatchStart } from './use-batch-run';
import { useTarget } from './use-target';

type ResumeBatchProps = {
  facts: OpenBatchFacts;
  caHandle: string | undefined;
  onResume: (request: BatchStart) => void;
};

/** Goes on with a batch that this browser keeps: only what is missing is made, all of it is written out anew. */
export function ResumeBatch({ facts, caHandle, onResume }: ResumeBatchProps) {
  const t = useTranslations('batch');
  const readme = useBatchReadme();
  const { choose, refusal } = useTarget();
  const [output, setOutput] = useState<OutputKind>('download');
  const [passphraseList, setPassphraseList] = useState<PassphraseListPlace>('apart');
  const [typed, setTyped] = useState({ value: '', again: '' });
  const [isTried, setTried] = useState(false);
  const isCommon = facts.passphraseRule === 'common';
  const faults = passphraseFaults(typed, isCommon);

  async function resume() {
    setTried(true);
    if (caHandle === undefined || faults.value !== undefined || faults.again !== undefined) return;
    const target = await choose(output, archiveName(facts.batch));
    if (target === undefined) return;
    onResume({
      caHandle,
      target,
      passphrase: isCommon ? typed.value : undefined,
      passphraseList,
      readme: readme({ ...facts, passphraseList }),
      what: { batch: facts.batch },
    });
  }

  const shown = (fault: 'missing' | 'differs' | undefined) =>
    isTried && fault !== undefined ? [t(`passphrase.${fault}`)] : [];
  return (
    <div className="flex flex-col gap-3">
      <OutputField value={output} onChange={setOutput} />
      {facts.passphraseRule === 'own' ? (
        <PassphraseListField value={passphraseList} onChange={setPassphraseList} />
      ) : null}
      {isCommon ? (
        <PassphraseFields
          {...typed}
          errors={{ value: shown(faults.value), again: shown(faults.again) }}
          onChange={(value, again) => setTyped({ value, again })}
        />
      ) : null}
      {refusal === undefined ? null : <Notice tone="danger" role="alert" title={refusal} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" isDisabled={caHandle === undefined} onPress={() => void resume()}>
          {t('unfinished.resume')}
        </Button>
        <p role="status" className="text-sm text-ink-muted empty:hidden">
          {caHandle === undefined ? t('form.locked') : ''}
        </p>
      </div>
    </div>
  );
}
