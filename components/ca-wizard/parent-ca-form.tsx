'use client';

import { useFormatter, useTranslations } from 'use-intl';
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
import { isOutdated } from './wizard-state';

/** The CA above: its certificate, and its key, which is opened for one signature and forgotten with it. */
export function ParentCaForm() {
  const t = useTranslations('hierarchy.parent');
  const format = useFormatter();
  const { draft, change, holdKey, parentHandle } = useWizard();
  const errorsOf = useFieldErrors();
  const files = useBroughtFiles((parent) => change({ kind: 'parent-brought', parent }));
  const { parent, created } = draft;

  if (parent === undefined) {
    return (
      <CertificateDrop
        field="parent"
        label={t('certificate')}
        help={t('certificateHelp')}
        files={files}
        errors={errorsOf('parent')}
      />
    );
  }
  const { caId, notAfter } = parent.facts;
  const isMade = created !== undefined && !isOutdated(draft);
  const fault = errorsOf('parent')[0];
  function remove() {
    holdKey(caId, undefined);
    change({ kind: 'parent-removed' });
  }
  return (
    <>
      <Card title={t('recognised')} actions={<Button onPress={remove}>{t('another')}</Button>}>
        <CaFactsList facts={parent.facts} issuers={parent.issuers} />
        <p className="mt-3 text-xs text-ink-muted">
          {t('cut', { date: format.dateTime(new Date(notAfter), { dateStyle: 'long' }) })}
        </p>
      </Card>
      {fault === undefined ? null : <Notice tone="danger" role="alert" title={fault} />}
      <CaFaultsNotice faults={files.caFaults} />
      <IssuerFaultsNotice faults={files.issuerFaults} />
      {parentHandle !== undefined ? (
        <Notice tone="positive" role="status" title={t('open')}>
          <p>{t('openText')}</p>
        </Notice>
      ) : isMade ? (
        <Notice tone="info" title={t('signed')}>
          <p>{t('signedText')}</p>
        </Notice>
      ) : (
        <Card title={t('key')}>
          <div data-field="parentKey">
            <KeyOpenForm
              key={files.keyFile?.name ?? ''}
              ca={parent}
              label={t('keyFile')}
              help={t('keyHelp')}
              initialFile={files.keyFile}
              errors={errorsOf('parentKey')}
              onOpened={({ handle }) => holdKey(caId, handle)}
            />
          </div>
        </Card>
      )}
    </>
  );
}
