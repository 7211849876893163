'use client';

import { useTranslations } from 'use-intl';
import type { FieldFault } from '@/lib/failure';
import type { SettingsFaults } from '@/lib/provisioning/jitr/settings-faults';

/** The sentences of a field's faults. */
export function useFaultSentences(faults: SettingsFaults): (field: string) => string[] {
  const t = useTranslations('jitr.fault');
  const sentenceOf = ({ code, params = {} }: FieldFault): string =>
    isKnown(code) ? t(code, params) : t('other', { code });
  return (field) => [...new Set((faults[field] ?? []).map(sentenceOf))];
}

const CODES = [
  'allow-list-empty',
  'attribute-form',
  'attribute-name',
  'attributes-without-type',
  'certificate-id',
  'days',
  'group-name',
  'ledger-too-long',
  'name-deployed',
  'name-pattern',
  'placeholder-unknown',
  'policy-malformed',
  'policy-name',
  'set-up-name',
  'thing-name-fixed',
  'thing-name-form',
  'too-many',
  'type-name',
] as const;

const isKnown = (code: string): code is (typeof CODES)[number] => CODES.some((known) => known === code);
