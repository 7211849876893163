'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { FileContent } from '@/components/ui/file-content';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import type { CaFault } from '@/lib/pki/check-ca';
import type { IssuerFault } from '@/lib/pki/issuer-chain';
import type { Recognised } from '@/lib/pki/recognise';
import { toCaFacts } from './ca-facts';
import { useFileSentence } from './use-file-sentence';
import type { ParentCa } from './wizard-draft';

type OfKind<Kind extends Recognised['kind']> = Extract<Recognised, { kind: Kind }>;

type Found = {
  certificates: OfKind<'certificate'>[];
  key: FileContent | undefined;
  /** A container that has to be converted before anything in it can be used. */
  container: OfKind<'unsupported'> | undefined;
};

/** Takes dropped files apart: the CA certificate goes to the draft with what stands above it, a key is kept for its own form, the rest is named. */
export function useBroughtFiles(onCa: (ca: ParentCa) => void) {
  const t = useTranslations('wizard.bring');
  const sentenceOf = useFileSentence();
  const [sentences, setSentences] = useState<readonly string[]>([]);
  const [caFaults, setCaFaults] = useState<readonly CaFault[]>([]);
  const [issuerFaults, setIssuerFaults] = useState<readonly IssuerFault[]>([]);
  const [container, setContainer] = useState<OfKind<'unsupported'> | undefined>(undefined);
  // May be a key anybody can read: it stays in this component until its form has handed it to the worker.
  const [keyFile, setKeyFile] = useState<FileContent | undefined>(undefined);

  async function sort(contents: readonly FileContent[]): Promise<{ found: Found; said: string[] }> {
    const found: Found = { certificates: [], key: undefined, container: undefined };
    const said: string[] = [];
    for (const content of contents) {
      const read = await orStopped(pkiClient().call('recognise', { file: content.bytes }));
      if (!read.ok) {
        said.push(sentenceOf(read.failure));
        continue;
      }
      for (const item of read.value) {
        if (item.kind === 'certificate') found.certificates.push(item);
        else if (item.kind === 'private-key') found.key ??= content;
        else if (item.kind === 'unsupported') {
          found.key ??= content;
          found.container ??= item;
        } else said.push(sentenceAbout(item));
      }
    }
    if (found.certificates.length > 0) found.container = undefined;
    else if (said.length === 0 && found.container === undefined) said.push(t('onlyKey'));
    return { found, said };
  }

  function sentenceAbout(item: OfKind<'csr' | 'csr-refused' | 'malformed' | 'unknown'>): string {
    if (item.kind === 'unknown') return t('unknown');
    const isDamaged = item.kind === 'malformed' && !item.label.endsWith('REQUEST');
    return isDamaged ? sentenceOf({ kind: 'certificate-malformed' }) : t('csr');
  }

  async function takeAll(contents: readonly FileContent[]) {
    const { found, said } = await sort(contents);
    setSentences(said);
    setKeyFile(found.key);
    setContainer(found.container);
    setCaFaults([]);
    setIssuerFaults([]);
    // A chain file has the leaf or the issuing CA first; AWS wants the CA that signs the devices.
    const cas = found.certificates.filter(({ facts }) => facts.isCa);
    const chosen = cas.find(({ facts }) => !facts.isSelfIssued) ?? cas[0] ?? found.certificates[0];
    if (chosen === undefined) return;
    // The certificate was read in the worker; this looks at our own printing of it, and only on this road.
    const { checkCa } = await import('@/lib/pki/check-ca');
    const checked = checkCa(chosen.pem, new Date());
    if (!checked.ok) return setSentences([t('unknown')]);
    setCaFaults(checked.value);
    if (checked.value.some(({ severity }) => severity === 'error')) return;
    const { findIssuers } = await import('@/lib/pki/issuer-chain');
    const candidates = found.certificates.map(({ pem }) => pem);
    const above = await findIssuers(chosen.pem, candidates, { crypto, now: new Date() });
    if (!above.ok) return setSentences([t('unknown')]);
    setIssuerFaults(above.value.faults);
    onCa({ pem: chosen.pem, facts: toCaFacts(chosen.facts), issuers: above.value.issuers });
  }

  return {
    take: (contents: readonly FileContent[]) => void takeAll(contents),
    sentences,
    caFaults,
    issuerFaults,
    keyFile,
    container,
  };
}
