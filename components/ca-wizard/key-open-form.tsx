'use client';

import { type SyntheticEvent, useEffect, useId, useRef, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import type { FileContent } from '@/components/ui/file-content';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { PasswordField } from '@/components/ui/password-field';
import type { CaKeyFault, KeyHandle } from '@/lib/browser/pki.protocol';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import { PEM_BYTES_MAX } from '@/lib/pki/pem';
import { KEY_EXTENSIONS } from './dropped-files';
import { useFileSentence } from './use-file-sentence';
import type { CaInHand } from './wizard-draft';

type KeyOpenFormProps = {
  ca: Pick<CaInHand, 'pem'>;
  label: string;
  help?: string;
  /** What was dropped together with the certificate. */
  initialFile?: FileContent | undefined;
  /** The key may be exported once, for it to be saved encrypted. */
  isExportable?: boolean;
  errors?: readonly string[];
  onOpened: (opened: { handle: KeyHandle; isEncrypted: boolean }) => void;
};

/**
 * Takes the file of a CA key, and its passphrase where it has one, and hands both to the worker, which checks that the key is
 * the certificate's. File and passphrase live in this component only, and are dropped when it has opened.
 */
export function KeyOpenForm({
  ca,
  label,
  help,
  initialFile,
  isExportable = false,
  errors = [],
  onOpened,
}: KeyOpenFormProps) {
  const t = useTranslations('wizard.keyFile');
  const sentenceOf = useFileSentence();
  const [file, setFile] = useState<FileContent | undefined>(undefined);
  const [needsPassphrase, setNeedsPassphrase] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [fault, setFault] = useState<CaKeyFault | WorkerStopped | undefined>(undefined);
  const [isPending, startTransition] = useTransition();
  const passphraseField = useRef<HTMLInputElement>(null);
  const noticeId = useId();

  function open(content: FileContent, typed: string) {
    startTransition(async () => {
      const opened = await orStopped(
        pkiClient().call('openCaKeyFile', {
          file: content.bytes,
          caPem: ca.pem,
          isExportable,
          ...(typed === '' ? {} : { passphrase: typed }),
        }),
      );
      if (opened.ok) {
        setPassphrase('');
        setFile(undefined);
        setFault(undefined);
        onOpened({ handle: opened.value.keyHandle, isEncrypted: typed !== '' });
        return;
      }
      const isLocked = opened.failure.kind === 'passphrase-needed';
      setNeedsPassphrase(isLocked || opened.failure.kind === 'passphrase-wrong');
      setFault(isLocked && typed === '' ? undefined : opened.failure);
    });
  }

  function take(content: FileContent) {
    setFile(content);
    setPassphrase('');
    setNeedsPassphrase(false);
    open(content, '');
  }

  const takeInitial = useRef(take);
  useEffect(() => {
    if (initialFile !== undefined) takeInitial.current(initialFile);
  }, [initialFile]);
  useEffect(() => {
    if (needsPassphrase) passphraseField.current?.focus();
  }, [needsPassphrase]);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (file !== undefined && !isPending) open(file, passphrase);
  }

  const isPassphraseFault = fault?.kind === 'passphrase-wrong' || fault?.kind === 'passphrase-needed';
  return (
    <form onSubmit={submit} data-field="keyFile" className="flex flex-col gap-3">
      <FileDrop
        label={label}
        {...(help === undefined ? {} : { help })}
        bytesMax={PEM_BYTES_MAX}
        extensions={KEY_EXTENSIONS}
        held={file && (file.name ?? t('pasted'))}
        onContents={([content]) => {
          if (content !== undefined) take(content);
        }}
        // Once the file is there, the passphrase is what is asked for.
        errors={needsPassphrase ? [] : errors}
      />
      {fault === undefined || isPassphraseFault ? null : (
        <Notice tone="danger" role="alert" title={sentenceOf(fault)}>
          {'command' in fault ? (
            <>
              <p id={noticeId}>{t('convert')}</p>
              <CodeBlock label={t('command')} code={fault.command} wraps />
            </>
          ) : null}
        </Notice>
      )}
      {needsPassphrase ? (
        <div className="flex flex-wrap items-start gap-3">
          <div className="min-w-0 flex-1 basis-64">
            <PasswordField
              label={t('passphrase')}
              help={t('passphraseHelp')}
              value={passphrase}
              onChange={setPassphrase}
              autoComplete="off"
              inputRef={passphraseField}
              errors={isPassphraseFault ? [sentenceOf(fault)] : []}
            />
          </div>
          <Button type="submit" variant="primary" isPending={isPending} className="sm:mt-11">
            {t('open')}
          </Button>
        </div>
      ) : null}
      <p role="status" className="text-xs text-ink-muted empty:hidden">
        {isPending ? t('opening') : ''}
      </p>
    </form>
  );
}
