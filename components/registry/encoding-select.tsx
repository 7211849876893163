'use client';

import { useTranslations } from 'use-intl';
import { Select } from '@/components/ui/select';
import { LEGACY_ENCODINGS, type LegacyEncoding } from '@/lib/batch/text-encoding';

type EncodingSelectProps = { encoding: LegacyEncoding; onChange: (encoding: LegacyEncoding) => void };

/** In what a file that is not in Unicode is read; what is shown of it tells whether that is right. */
export function EncodingSelect({ encoding, onChange }: EncodingSelectProps) {
  const t = useTranslations('registry.encoding');
  return (
    <Select
      label={t('label')}
      help={t('help')}
      value={encoding}
      onChange={onChange}
      options={LEGACY_ENCODINGS.map((value) => ({ value, label: t(`name.${value}`) }))}
    />
  );
}
