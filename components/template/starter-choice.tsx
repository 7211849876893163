'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { RadioCards } from '@/components/ui/radio-cards';
import { LAB_ONLY_STARTERS, STARTER_KINDS, type StarterKind } from '@/lib/provisioning/starters';

type StarterChoiceProps = { value: StarterKind; onChange: (starter: StarterKind) => void };

/** One of the templates that the console brings along. */
export function StarterChoice({ value, onChange }: StarterChoiceProps) {
  const t = useTranslations('template.starter');
  return (
    <RadioCards
      label={t('label')}
      value={value}
      onChange={onChange}
      options={STARTER_KINDS.map((starter) => ({
        value: starter,
        label: t(`name.${starter}`),
        description: t(`what.${starter}`),
        badge: <StarterBadge starter={starter} />,
      }))}
    />
  );
}

function StarterBadge({ starter }: { starter: StarterKind }) {
  const t = useTranslations('template.starter');
  if (LAB_ONLY_STARTERS.includes(starter)) return <Badge tone="warning">{t('labOnly')}</Badge>;
  return starter === 'scoped' ? <Badge tone="positive">{t('recommended')}</Badge> : null;
}
