'use client';

import { useTranslations } from 'use-intl';
import { KeyValue } from '@/components/ui/key-value';
import type { KeyOrigin } from '@/lib/batch/batch-settings';
import { formatsFor, type ProfileContent } from '@/lib/batch/profile';
import { PASSPHRASE_FORMATS } from '@/lib/pki/formats/device-format';

/** What a profile decides about a batch. */
export function ProfileTerms({ content, keyOrigin }: { content: ProfileContent; keyOrigin: KeyOrigin }) {
  const t = useTranslations('profiles');
  const batch = useTranslations('batch');
  const device = useTranslations('device.form');
  const formats = formatsFor(content, keyOrigin);
  const isLocked = formats.some((each) => PASSPHRASE_FORMATS.includes(each));
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-muted">{t('asAgreed')}</p>
      <KeyValue
        entries={[
          ...(keyOrigin === 'device'
            ? []
            : [{ label: t('keys'), value: device(`algorithmName.${content.algorithm}`) }]),
          {
            label: t('files'),
            value: formats.map((each) => batch(`settings.formatName.${each}`)).join(', '),
          },
          ...(isLocked
            ? [
                {
                  label: batch('passphrase.rule'),
                  value: batch(`passphrase.ruleName.${content.passphraseRule}`),
                },
              ]
            : []),
          { label: batch('settings.layout'), value: batch(`settings.layoutName.${content.layout}`) },
        ]}
      />
    </div>
  );
}
