'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { PEM_BYTES_MAX } from '@/lib/pki/pem';
import { CaFactsList } from './ca-facts-list';
import { CaFaultsNotice } from './ca-faults-notice';
import { CERTIFICATE_EXTENSIONS } from './dropped-files';
import { IssuerFaultsNotice } from './issuer-faults-notice';
import { KeyOpenForm } from './key-open-form';
import { useBroughtFiles } from './use-brought-files';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';

/** A CA made elsewhere: its certificate, and its key where the person has it at hand. */
export function BringCaForm() {
  const t = useTranslations('wizard.bring');
  const { draft, change, holdKey, keyHandle } = useWizard();
  const errorsOf = useFieldErrors();
  const files = useBroughtFiles((ca) => change({ kind: 'ca-brought', ...ca }));
  const [warnsOfPlainKey, setWarnsOfPlainKey] = useState(false);
  const { brought } = draft;

  if (brought === undefined) {
    // What is wrong with the file says more than that there is none.
    const isSaid = files.sentences.length > 0 || files.caFaults.length > 0 || files.container !== undefined;
    return (
      <div data-field="certificate" className="flex flex-col gap-3">
        <FileDrop
          label={t('certificate')}
          help={t('certificateHelp')}
          bytesMax={PEM_BYTES_MAX}
          extensions={CERTIFICATE_EXTENSIONS}
          allowsMultiple
          onContents={files.take}
          errors={isSaid ? files.sentences : errorsOf('certificate')}
        />
        <CaFaultsNotice faults={files.caFaults} />
        {files.container === undefined ? null : <ContainerNotice container={files.container} />}
      </div>
    );
  }
  const { caId } = brought.facts;
  function remove() {
    holdKey(caId, undefined);
    change({ kind: 'brought-ca-removed' });
  }
  return (
    <>
      <Card title={t('recognised')} actions={<Button onPress={remove}>{t('another')}</Button>}>
        <CaFactsList facts={brought.facts} issuers={brought.issuers} />
      </Card>
      <CaFaultsNotice faults={files.caFaults} />
      <IssuerFaultsNotice faults={files.issuerFaults} />
      {keyHandle === undefined ? (
        <Card title={t('key')} aside={t('keyAside')}>
          <KeyOpenForm
            key={files.keyFile?.name ?? ''}
            ca={brought}
            label={t('keyFile')}
            help={t('keyHelp')}
            initialFile={files.keyFile}
            isExportable
            onOpened={({ handle, isEncrypted }) => {
              setWarnsOfPlainKey(!isEncrypted);
              holdKey(caId, handle);
              if (brought.custody === 'proved') return;
              change({
                kind: 'custody-changed',
                caId,
                custody: isEncrypted ? 'encrypted-file' : 'plain-file',
              });
            }}
          />
        </Card>
      ) : (
        <Notice tone="positive" role="status" title={t('keyFits')}>
          <p>{warnsOfPlainKey ? t('keyPlain') : t('keyHeld')}</p>
        </Notice>
      )}
    </>
  );
}

/** What a browser cannot take apart, and the command that does. */
function ContainerNotice({ container: { what, command } }: { container: { what: string; command: string } }) {
  const t = useTranslations('wizard');
  return (
    <Notice tone="danger" role="alert" title={t('fileFault.key-format-unsupported', { what })}>
      <p>{t('keyFile.convert')}</p>
      <CodeBlock label={t('keyFile.command')} code={command} wraps />
    </Notice>
  );
}
