'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { CaFactsList } from './ca-facts-list';
import { CaFaultsNotice } from './ca-faults-notice';
import { CertificateDrop } from './certificate-drop';
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
    return (
      <CertificateDrop
        field="certificate"
        label={t('certificate')}
        help={t('certificateHelp')}
        files={files}
        errors={errorsOf('certificate')}
      />
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
