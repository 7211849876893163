'use client';

import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { useActed } from '@/components/registry/use-acted';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import type { FileContent } from '@/components/ui/file-content';
import { FileDrop } from '@/components/ui/file-drop';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Notice } from '@/components/ui/notice';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import type { Failure } from '@/lib/failure';
import { PEM_BYTES_MAX } from '@/lib/pki/pem';
import type { Result } from '@/lib/result';

type IssuersPanelProps = {
  environment: string;
  caId: string;
  caPem: string;
  /** Subjects from the CA's own issuer upwards, as far as the console knows them. */
  issuers: readonly string[];
  /** Undefined for who may not change it. */
  keepIssuers:
    | ((input: {
        environment: string;
        caId: string;
        issuerPems: string[];
      }) => Promise<Result<undefined, Failure>>)
    | undefined;
};

type Refusal = { kind: 'failure'; failure: Failure } | { kind: 'sentence'; text: string };

/** What stands above a CA: AWS knows nothing of it, bundles carry it, so it can be told here. */
export function IssuersPanel({ environment, caId, caPem, issuers, keepIssuers }: IssuersPanelProps) {
  const t = useTranslations('hierarchy.chain');
  const acted = useActed();
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const [isPending, startTransition] = useTransition();

  async function take(contents: readonly FileContent[]): Promise<Refusal | undefined> {
    const pems: string[] = [];
    for (const { bytes } of contents) {
      const read = await orStopped(pkiClient().call('recognise', { file: bytes }));
      if (!read.ok) return { kind: 'sentence', text: t('unread') };
      for (const item of read.value) if (item.kind === 'certificate') pems.push(item.pem);
    }
    const { findIssuers } = await import('@/lib/pki/issuer-chain');
    const above = await findIssuers(caPem, pems, { crypto, now: new Date() });
    if (!above.ok || above.value.issuers.length === 0) return { kind: 'sentence', text: t('notAbove') };
    const issuerPems = above.value.issuers.map(({ pem }) => pem);
    if (keepIssuers === undefined) return undefined;
    const kept = await orNoAnswer(keepIssuers({ environment, caId, issuerPems }));
    if (!kept.ok) return { kind: 'failure', failure: kept.failure };
    acted(t('kept'));
    return undefined;
  }

  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-3 text-sm">
        <p className="max-w-prose text-ink-muted">{t('text')}</p>
        {issuers.length === 0 ? (
          <Notice tone="info" title={t('none')} />
        ) : (
          <ol className="list-decimal space-y-1 pl-5">
            {issuers.map((subject) => (
              <li key={subject} className="wrap-anywhere">
                {subject}
              </li>
            ))}
          </ol>
        )}
        {keepIssuers === undefined ? null : (
          <FileDrop
            label={t('drop')}
            help={t('dropHelp')}
            bytesMax={PEM_BYTES_MAX}
            extensions={['.pem', '.crt', '.cer', '.der']}
            allowsMultiple
            onContents={(contents) => startTransition(async () => setRefusal(await take(contents)))}
            errors={refusal?.kind === 'sentence' ? [refusal.text] : []}
          />
        )}
        {refusal?.kind === 'failure' ? <FailureNotice failure={refusal.failure} /> : null}
        <p role="status" className="text-xs text-ink-muted empty:hidden">
          {isPending ? t('reading') : ''}
        </p>
      </div>
    </Card>
  );
}
