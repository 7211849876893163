'use client';

import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import type { FileContent } from '@/components/ui/file-content';
import { FileDrop } from '@/components/ui/file-drop';
import { KeyValue } from '@/components/ui/key-value';
import { Notice } from '@/components/ui/notice';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import type { Recognised } from '@/lib/pki/recognise';
import { ofCertificate, ofRequest, type TestedCertificate } from './tested-certificate';

/** As many as the PKI engine reads. */
const BYTES_MAX = 262_144;
const EXTENSIONS = ['.pem', '.crt', '.cer', '.der', '.csr', '.req', '.p10'];

type CertificateFileProps = { onChange: (certificate: TestedCertificate | undefined) => void };
type Held = { kind: 'certificate' | 'csr'; subject: string };
type Refusal = 'privateKey' | 'unreadable';

/** Takes a certificate or a request by drop, file or paste. A private key is said loudly, and nothing of it is kept. */
export function CertificateFile({ onChange }: CertificateFileProps) {
  const t = useTranslations('dry-run.file');
  const [held, setHeld] = useState<Held | undefined>(undefined);
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const [isPending, startTransition] = useTransition();

  function take([content]: FileContent[]) {
    if (content === undefined) return;
    startTransition(async () => {
      const recognised = await orStopped(pkiClient().call('recognise', { file: content.bytes }));
      const judged = recognised.ok ? judge(recognised.value) : 'unreadable';
      const isRefused = typeof judged === 'string';
      setRefusal(isRefused ? judged : undefined);
      setHeld(isRefused ? undefined : judged.held);
      onChange(isRefused ? undefined : judged.certificate);
    });
  }

  return (
    <div className="flex flex-col gap-3">
      <FileDrop label={t('drop')} bytesMax={BYTES_MAX} extensions={EXTENSIONS} onContents={take} />
      <p role="status" className="sr-only">
        {isPending ? t('reading') : ''}
      </p>
      {refusal === undefined ? null : (
        <Notice tone="danger" role="alert" title={t(refusal)}>
          {refusal === 'privateKey' ? <p>{t('privateKeyText')}</p> : null}
        </Notice>
      )}
      {held === undefined ? null : (
        <>
          <KeyValue
            entries={[{ label: t(held.kind), value: held.subject || t('noSubject'), isWide: true }]}
          />
          {held.kind === 'csr' ? <p className="text-xs text-ink-muted">{t('csrNote')}</p> : null}
        </>
      )}
    </div>
  );
}

function judge(items: readonly Recognised[]): Refusal | { held: Held; certificate: TestedCertificate } {
  if (items.some(({ kind }) => kind === 'private-key' || kind === 'unsupported')) return 'privateKey';
  for (const item of items) {
    if (item.kind === 'certificate') {
      return {
        held: { kind: 'certificate', subject: item.facts.subject.text },
        certificate: ofCertificate(item.facts),
      };
    }
    if (item.kind === 'csr') {
      return { held: { kind: 'csr', subject: item.facts.subject.text }, certificate: ofRequest(item.facts) };
    }
  }
  return 'unreadable';
}
