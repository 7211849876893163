'use client';

import { type SyntheticEvent, useEffect, useRef, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import type { FileContent } from '@/components/ui/file-content';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { PasswordField } from '@/components/ui/password-field';
import { Spinner } from '@/components/ui/spinner';
import type { CaKeyFault, KeyHandle } from '@/lib/browser/pki.protocol';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import type { IssuingCa } from '@/lib/registry/issuing-ca';
import { DROPPED_BYTES_MAX, KEY_EXTENSIONS } from './key-file';
import { useFaultSentence } from './use-fault-sentence';

type CaUnlockProps = {
  ca: Pick<IssuingCa, 'certificatePem' | 'issuerPems'>;
  onUnlocked: (handle: KeyHandle) => void;
};

/**
 * Takes the CA's key from its file, and its passphrase where it has one, and hands both to the worker, which checks that
 * the key is the certificate's. File and passphrase live in this component only.
 */
export function CaUnlock({ ca, onUnlocked }: CaUnlockProps) {
  const t = useTranslations('device.unlock');
  const sentenceOf = useFaultSentence();
  const [file, setFile] = useState<FileContent | undefined>(undefined);
  const [needsPassphrase, setNeedsPassphrase] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [fault, setFault] = useState<CaKeyFault | WorkerStopped | undefined>(undefined);
  const [isPending, startTransition] = useTransition();
  const passphraseField = useRef<HTMLInputElement>(null);

  function open(content: FileContent, typed: string) {
    startTransition(async () => {
      const opened = await orStopped(
        pkiClient().call('openCaKeyFile', {
          file: content.bytes,
          caPem: ca.certificatePem,
          issuerPems: ca.issuerPems,
          ...(typed === '' ? {} : { passphrase: typed }),
        }),
      );
      if (opened.ok) {
        setPassphrase('');
        setFile(undefined);
        onUnlocked(opened.value.keyHandle);
        return;
      }
      const { failure } = opened;
      setNeedsPassphrase(failure.kind === 'passphrase-needed' || failure.kind === 'passphrase-wrong');
      // That an encrypted file needs one is no fault of who has just dropped it.
      setFault(failure.kind === 'passphrase-needed' && typed === '' ? undefined : failure);
    });
  }

  function take([content]: FileContent[]) {
    if (content === undefined) return;
    setFile(content);
    setPassphrase('');
    setNeedsPassphrase(false);
    open(content, '');
  }

  useEffect(() => {
    if (needsPassphrase) passphraseField.current?.focus();
  }, [needsPassphrase]);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (file !== undefined && !isPending) open(file, passphrase);
  }

  const isPassphraseFault = fault?.kind === 'passphrase-wrong' || fault?.kind === 'passphrase-needed';
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <FileDrop
        label={t('file')}
        help={t('fileHelp')}
        bytesMax={DROPPED_BYTES_MAX}
        extensions={KEY_EXTENSIONS}
        held={file && (file.name ?? t('pasted'))}
        onContents={take}
      />
      {fault === undefined || isPassphraseFault ? null : (
        <Notice tone="danger" role="alert" title={sentenceOf(fault)}>
          {'command' in fault ? (
            <>
              <p>{t('convert')}</p>
              <CodeBlock label={t('command')} code={fault.command} wraps />
            </>
          ) : null}
        </Notice>
      )}
      {needsPassphrase ? (
        <>
          <PasswordField
            label={t('passphrase')}
            help={t('passphraseHelp')}
            value={passphrase}
            onChange={setPassphrase}
            autoComplete="off"
            inputRef={passphraseField}
            errors={isPassphraseFault ? [sentenceOf(fault)] : []}
          />
          <div>
            {/* Not `isPending`: its announcement would name a button that is gone when the key is open. */}
            <Button type="submit" variant="primary" icon={isPending ? <Spinner /> : undefined}>
              {t('unlock')}
            </Button>
          </div>
        </>
      ) : null}
      <p role="status" className="text-xs text-ink-muted empty:hidden">
        {isPending ? t('unlocking') : ''}
      </p>
    </form>
  );
}
