'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { download } from '@/lib/browser/download';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import { caFileNames } from './ca-facts';
import { KeyOpenForm } from './key-open-form';
import { KeySaveForm } from './key-save-form';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';
import { caOf } from './wizard-draft';

const PEM_TYPE = 'application/x-pem-file';

/** Save the key, and show that what was saved can be opened again. */
export function KeyStep() {
  const t = useTranslations('wizard.key');
  const { draft, change, holdKey, keyHandle } = useWizard();
  const errorsOf = useFieldErrors();
  // Encrypted, and only for a second download of the very same file: the worker exports a key once.
  const [encryptedKeyPem, setEncryptedKeyPem] = useState<string | undefined>(undefined);
  const ca = caOf(draft);
  if (ca === undefined) return <Notice tone="warning" title={t('noCa')} />;
  const { caId } = ca.facts;
  const names = caFileNames(ca.facts);

  function save(encrypted: string, pem: string) {
    download(names.key, encrypted, PEM_TYPE);
    download(names.certificate, pem, PEM_TYPE);
  }

  function discard() {
    holdKey(caId, undefined);
    change({ kind: 'created-ca-discarded' });
  }

  if (ca.custody === 'proved') {
    return (
      <Notice tone="positive" role="status" title={t('proved')}>
        <p>{t('provedHelp', { file: names.key })}</p>
      </Notice>
    );
  }
  const isSaved = ca.custody === 'downloaded';
  return (
    <>
      {draft.road === 'bring' ? <Notice tone="info" title={t('broughtPlain')} /> : null}
      <Card title={t('save')} aside={isSaved ? t('saved') : undefined}>
        {isSaved ? (
          <SavedFiles
            names={names}
            onRepeat={encryptedKeyPem === undefined ? undefined : () => save(encryptedKeyPem, ca.pem)}
            onDiscard={draft.road === 'create' ? discard : undefined}
          />
        ) : keyHandle === undefined ? (
          <Notice tone="warning" title={t('keyGone')} />
        ) : (
          <KeySaveForm
            files={t('files', { key: names.key, certificate: names.certificate })}
            save={async (passphrase) => {
              const exported = await orStopped(pkiClient().call('exportCaKey', { keyHandle, passphrase }));
              if (!exported.ok) return exported.failure.kind;
              const { encryptedKeyPem: encrypted } = exported.value;
              setEncryptedKeyPem(encrypted);
              save(encrypted, ca.pem);
              change({ kind: 'custody-changed', caId, custody: 'downloaded' });
              return undefined;
            }}
          />
        )}
      </Card>
      {isSaved ? (
        <Card title={t('prove')}>
          <p className="mb-3 max-w-prose text-sm text-ink-muted">{t('proveHelp')}</p>
          <KeyOpenForm
            ca={ca}
            label={t('dropBack', { file: names.key })}
            errors={errorsOf('keyFile')}
            onOpened={({ handle }) => {
              holdKey(caId, handle);
              change({ kind: 'custody-changed', caId, custody: 'proved' });
            }}
          />
        </Card>
      ) : (
        <FaultNotice sentences={errorsOf('keyFile')} />
      )}
    </>
  );
}

type SavedFilesProps = {
  names: { certificate: string; key: string };
  onRepeat: (() => void) | undefined;
  onDiscard: (() => void) | undefined;
};

function SavedFiles({ names, onRepeat, onDiscard }: SavedFilesProps) {
  const t = useTranslations('wizard.key');
  return (
    <div className="flex flex-col gap-3 text-sm">
      <ul className="list-disc space-y-1 pl-5">
        <li>{t.rich('keyFile', { file: () => <span className="font-mono text-xs">{names.key}</span> })}</li>
        <li>
          {t.rich('certificateFile', {
            file: () => <span className="font-mono text-xs">{names.certificate}</span>,
          })}
        </li>
      </ul>
      <div className="flex flex-wrap gap-2">
        {onRepeat === undefined ? null : <Button onPress={onRepeat}>{t('again')}</Button>}
        {onDiscard === undefined ? null : (
          <Button variant="quiet" onPress={onDiscard}>
            {t('discard')}
          </Button>
        )}
      </div>
    </div>
  );
}

function FaultNotice({ sentences }: { sentences: readonly string[] }) {
  const [first] = sentences;
  return (
    <div data-field="keyFile" tabIndex={-1} className="outline-none empty:hidden">
      {first === undefined ? null : <Notice tone="danger" role="alert" title={first} />}
    </div>
  );
}
