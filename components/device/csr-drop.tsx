'use client';

import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { keyText } from '@/components/registry/decoded-certificate';
import { CodeBlock } from '@/components/ui/code-block';
import type { FileContent } from '@/components/ui/file-content';
import { FileDrop } from '@/components/ui/file-drop';
import { KeyValue } from '@/components/ui/key-value';
import { Notice } from '@/components/ui/notice';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import type { CsrFacts } from '@/lib/pki/inspect-csr';
import type { Recognised } from '@/lib/pki/recognise';
import { CSR_EXTENSIONS, DROPPED_BYTES_MAX } from './key-file';
import { useFaultSentence } from './use-fault-sentence';

/** A signing request that a device brought, verified. */
export type BroughtCsr = { pem: string; facts: CsrFacts };

type CsrDropProps = {
  csr: BroughtCsr | undefined;
  errors: readonly string[];
  onChange: (csr: BroughtCsr | undefined) => void;
};

type Refusal = { kind: 'private-key' } | { kind: 'sentence'; text: string; command?: string };

/** Takes a device's signing request. A private key among it is said loudly, and nothing of the file is kept. */
export function CsrDrop({ csr, errors, onChange }: CsrDropProps) {
  const t = useTranslations('device.csr');
  const sentenceOf = useFaultSentence();
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const [isPending, startTransition] = useTransition();

  function take([content]: FileContent[]) {
    if (content === undefined) return;
    startTransition(async () => {
      const recognised = await orStopped(pkiClient().call('recognise', { file: content.bytes }));
      const judged = recognised.ok
        ? judge(recognised.value)
        : ({ kind: 'sentence', text: sentenceOf(recognised.failure) } as const);
      setRefusal(judged.kind === 'csr' ? undefined : judged);
      onChange(judged.kind === 'csr' ? judged.csr : undefined);
    });
  }

  function judge(items: readonly Recognised[]): Refusal | { kind: 'csr'; csr: BroughtCsr } {
    if (items.some(({ kind }) => kind === 'private-key')) return { kind: 'private-key' };
    const container = items.find((item) => item.kind === 'unsupported');
    if (container !== undefined) return { kind: 'private-key' };
    const found = items.find((item) => item.kind === 'csr');
    if (found?.facts.keyFault) return { kind: 'sentence', text: sentenceOf(found.facts.keyFault) };
    if (found !== undefined) return { kind: 'csr', csr: { pem: found.pem, facts: found.facts } };
    const refused = items.find((item) => item.kind === 'csr-refused');
    if (refused !== undefined) return { kind: 'sentence', text: sentenceOf(refused.fault) };
    return { kind: 'sentence', text: t(items[0]?.kind === 'certificate' ? 'isCertificate' : 'isOther') };
  }

  return (
    <div data-field="csr" className="flex flex-col gap-3">
      <FileDrop
        label={t('file')}
        help={t('help')}
        bytesMax={DROPPED_BYTES_MAX}
        extensions={CSR_EXTENSIONS}
        onContents={take}
        errors={refusal === undefined && csr === undefined ? errors : []}
      />
      <p role="status" className="sr-only">
        {isPending ? t('reading') : ''}
      </p>
      {refusal === undefined ? null : <RefusalNotice refusal={refusal} />}
      {csr === undefined ? null : (
        <KeyValue
          entries={[
            { label: t('subject'), value: csr.facts.subject.text || t('noSubject') },
            { label: t('key'), value: keyText(csr.facts.publicKey) },
            { label: t('signature'), value: t('signatureGood', { algorithm: csr.facts.signatureAlgorithm }) },
          ]}
        />
      )}
    </div>
  );
}

/** The article of OpenSSL's manual that makes a request from a key that stays where it is. */
const MAKE_CSR = 'openssl req -new -key device.key -subj "/CN=DemoThing" -out device.csr';

function RefusalNotice({ refusal }: { refusal: Refusal }) {
  const t = useTranslations('device.csr');
  if (refusal.kind === 'sentence') return <Notice tone="danger" role="alert" title={refusal.text} />;
  return (
    <Notice tone="danger" role="alert" title={t('privateKey')}>
      <p>{t('privateKeyText')}</p>
      <CodeBlock label={t('makeCsr')} code={MAKE_CSR} wraps />
    </Notice>
  );
}
