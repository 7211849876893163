'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { RadioCards } from '@/components/ui/radio-cards';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';
import { caOf } from './wizard-draft';

/** With proof of the CA's key, or without. */
export function ModeStep() {
  const t = useTranslations('wizard.mode');
  const { draft, change } = useWizard();
  const errorsOf = useFieldErrors();
  const isKeyAbsent = caOf(draft)?.custody === 'absent';
  return (
    <div data-field="mode">
      <RadioCards
        label={t('label')}
        help={isKeyAbsent ? t('keyAbsent') : undefined}
        value={draft.mode}
        onChange={(mode) => change({ kind: 'mode-chosen', mode })}
        errors={errorsOf('mode')}
        options={[
          {
            value: 'DEFAULT',
            label: t('default'),
            badge: <Badge tone="info">{t('usual')}</Badge>,
            description: <Lines lines={[t('defaultWhat'), t('defaultMeans')]} />,
            isDisabled: isKeyAbsent,
          },
          {
            value: 'SNI_ONLY',
            label: t('sniOnly'),
            description: <Lines lines={[t('sniOnlyWhat'), t('sniOnlyMeans')]} />,
          },
        ]}
      />
    </div>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ));
}
