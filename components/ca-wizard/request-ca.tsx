'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { NumberField } from '@/components/ui/number-field';
import { download } from '@/lib/browser/download';
import type { CaRequestFiles } from '@/lib/browser/pki.protocol';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped } from '@/lib/browser/worker-stopped';
import {
  EXTENSIONS_FILE,
  intermediateCommand,
  intermediateExtensionsFile,
} from '@/lib/pki/sign-intermediate-command';
import type { SubjectFault } from '@/lib/pki/subject';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';
import { AlgorithmCards } from './algorithm-cards';
import { bringCaHref } from './hrefs';
import { KeySaveForm } from './key-save-form';
import { type RequestFileNames, requestFileNames } from './request-file-names';
import { SubjectFieldset } from './subject-fieldset';
import { type CaForm, NEW_DRAFT, type SubjectFieldId } from './wizard-draft';

const PEM_TYPE = 'application/x-pem-file';

type Made = CaRequestFiles & { names: RequestFileNames };

/** A key and a request for a CA below a root that never comes to this machine: both leave the page as files at once. */
export function RequestCa({ environment }: { environment: string }) {
  const t = useTranslations('hierarchy.request');
  const faultSentence = useTranslations('wizard.fault');
  const [form, setForm] = useState<CaForm>(NEW_DRAFT.form);
  const [faults, setFaults] = useState<readonly SubjectFault[]>([]);
  const [made, setMade] = useState<Made | undefined>(undefined);
  const names = requestFileNames(form.subject);

  const fieldOf = ({ field }: SubjectFault) => (field === 'subject' ? 'commonName' : field);
  const errorsOf = (field: SubjectFieldId) =>
    faults
      .filter((fault) => fieldOf(fault) === field)
      .map(({ kind, field: _field, ...params }) => faultSentence(kind, params));

  function setSubject(field: SubjectFieldId, value: string) {
    setForm({ ...form, subject: { ...form.subject, [field]: value } });
    setFaults(faults.filter((fault) => fieldOf(fault) !== field));
  }

  function save({ encryptedKeyPem, csrPem, names: { key, csr } }: Made) {
    download(key, encryptedKeyPem, PEM_TYPE);
    download(csr, csrPem, PEM_TYPE);
  }

  async function make(passphrase: string) {
    const { subject, algorithm } = form;
    const answer = await orStopped(
      pkiClient().call('createCaRequest', { subject: filledIn(subject), algorithm, passphrase }),
    );
    if (answer.ok) {
      const files = { ...answer.value, names };
      setMade(files);
      save(files);
      return undefined;
    }
    const { failure } = answer;
    if (failure.kind !== 'subject-refused') return failure.kind;
    setFaults(failure.faults);
    const [first] = failure.faults;
    if (first !== undefined) focusField(fieldOf(first));
    return 'told-elsewhere';
  }

  if (made !== undefined) {
    return (
      <SigningSteps
        environment={environment}
        names={made.names}
        validityDays={form.validityDays}
        onValidityDays={(validityDays) => setForm({ ...form, validityDays })}
        onAgain={() => save(made)}
      />
    );
  }
  return (
    <div className="mt-4 flex max-w-4xl flex-col gap-4">
      <SubjectFieldset subject={form.subject} onChange={setSubject} errorsOf={errorsOf} />
      <AlgorithmCards algorithm={form.algorithm} onChange={(algorithm) => setForm({ ...form, algorithm })} />
      <Card title={t('save')}>
        <KeySaveForm files={t('files', names)} save={make} />
      </Card>
    </div>
  );
}

type SigningStepsProps = {
  environment: string;
  names: RequestFileNames;
  validityDays: number;
  onValidityDays: (days: number) => void;
  onAgain: () => void;
};

function SigningSteps({ environment, names, validityDays, onValidityDays, onAgain }: SigningStepsProps) {
  const t = useTranslations('hierarchy.request');
  const isDays =
    Number.isInteger(validityDays) && validityDays >= VALIDITY_DAYS_MIN && validityDays <= VALIDITY_DAYS_MAX;
  const files = {
    csr: names.csr,
    certificate: names.certificate,
    rootCertificate: 'root.pem',
    rootKey: 'root.key.pem',
  };
  return (
    <div className="mt-4 flex max-w-4xl flex-col gap-4">
      <Notice tone="positive" role="status" title={t('made')}>
        <p>{t('madeText', names)}</p>
        <div className="mt-2">
          <Button onPress={onAgain}>{t('again')}</Button>
        </div>
      </Notice>
      <Card title={t('sign')}>
        <div className="flex flex-col gap-3 text-sm">
          <p>{t('signText', { csr: names.csr, file: EXTENSIONS_FILE })}</p>
          <NumberField
            label={t('days')}
            minValue={VALIDITY_DAYS_MIN}
            maxValue={VALIDITY_DAYS_MAX}
            value={validityDays}
            onChange={onValidityDays}
            errors={
              isDays ? [] : [t('daysFault', { daysMin: VALIDITY_DAYS_MIN, daysMax: VALIDITY_DAYS_MAX })]
            }
          />
          <div className="flex flex-col gap-1.5">
            <p className="font-mono text-xs font-medium">{EXTENSIONS_FILE}</p>
            <CodeBlock label={EXTENSIONS_FILE} code={intermediateExtensionsFile()} />
          </div>
          {isDays ? (
            <CodeBlock label={t('command')} code={intermediateCommand(files, validityDays)} wraps />
          ) : null}
        </div>
      </Card>
      <Card title={t('back')}>
        <p className="mb-3 max-w-prose text-sm">
          {t('backText', { certificate: names.certificate, key: names.key })}
        </p>
        <LinkButton variant="primary" href={bringCaHref(environment)}>
          {t('bring')}
        </LinkButton>
      </Card>
    </div>
  );
}

const filledIn = (subject: CaForm['subject']): Partial<CaForm['subject']> =>
  Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== ''));

function focusField(field: string) {
  document.querySelector<HTMLElement>(`[data-field="${field}"] input`)?.focus();
}
