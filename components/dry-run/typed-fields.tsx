'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TextField } from '@/components/ui/text-field';
import { ofTyped, type TestedCertificate, type TypedCertificate } from './tested-certificate';

const FIELDS = [
  'commonName',
  'country',
  'stateName',
  'organization',
  'organizationalUnit',
  'dnQualifier',
  'serialNumber',
] as const;

type TypedFieldsProps = { onChange: (certificate: TestedCertificate | undefined) => void };

/** The subject of a certificate that does not exist yet. */
export function TypedFields({ onChange }: TypedFieldsProps) {
  const t = useTranslations('dry-run.typed');
  const field = useTranslations('device.field');
  const [typed, setTyped] = useState<TypedCertificate>({ subject: {}, serial: '' });
  function change(next: TypedCertificate) {
    setTyped(next);
    onChange(ofTyped(next));
  }
  return (
    <div className="grid items-start gap-3 @md:grid-cols-2">
      {FIELDS.map((name) => (
        <TextField
          key={name}
          label={field(name)}
          value={typed.subject[name] ?? ''}
          onChange={(value) => change({ ...typed, subject: { ...typed.subject, [name]: value } })}
          autoComplete="off"
          spellCheck="false"
        />
      ))}
      <TextField
        label={t('serial')}
        value={typed.serial}
        onChange={(value) => change({ ...typed, serial: value.replace(/\D/g, '') })}
        inputMode="numeric"
        autoComplete="off"
      />
    </div>
  );
}
