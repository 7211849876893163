'use client';

import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { NumberField } from '@/components/ui/number-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextArea } from '@/components/ui/text-area';
import { ALLOWED_IDS_MAX, VALIDITY_DAYS_MAX } from '@/lib/provisioning/jitr/settings';
import type { FormPart } from './form-part';
import type { AllowedIds } from './jitr-port';
import { RevokedField } from './revoked-field';

type VerificationCardProps = FormPart & { caPem: string; allowed: AllowedIds | undefined };

/** What a certificate has to pass. */
export function VerificationCard({ draft, change, errorsOf, caPem, allowed }: VerificationCardProps) {
  const t = useTranslations('jitr.verify');
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-5">
        <p className="text-sm text-ink-muted">{t('text')}</p>
        <RadioCards
          label={t('allowList')}
          columns={3}
          value={draft.allowList}
          onChange={(allowList) => change({ allowList })}
          errors={errorsOf('allowList')}
          options={[
            { value: 'none', label: t('allowNone'), description: t('allowNoneHelp') },
            {
              value: 'ledger',
              label: t('allowLedger'),
              description:
                draft.allowList === 'ledger' && allowed !== undefined
                  ? t('allowLedgerNow', { count: allowed.total })
                  : t('allowLedgerHelp'),
            },
            { value: 'inline', label: t('allowInline'), description: t('allowInlineHelp') },
          ]}
        />
        {draft.allowList === 'inline' ? (
          <TextArea
            label={t('ids')}
            constraint={t('idsRule', { max: ALLOWED_IDS_MAX })}
            isCode
            rows={5}
            value={draft.idsText}
            onChange={(idsText) => change({ idsText })}
            errors={errorsOf('allowedIds')}
          />
        ) : null}
        <div className="max-w-md">
          <TextArea
            label={t('names')}
            help={t('namesHelp')}
            constraint={t('namesRule')}
            isOptional
            isCode
            rows={3}
            value={draft.namesText}
            onChange={(namesText) => change({ namesText })}
            errors={errorsOf('commonNames')}
          />
        </div>
        <Checkbox
          isSelected={draft.checksValidity}
          onChange={(checksValidity) => change({ checksValidity })}
          description={t('validityHelp')}
        >
          {t('validity')}
        </Checkbox>
        <NumberField
          label={t('days')}
          help={t('daysHelp')}
          isOptional
          unit={t('daysUnit')}
          minValue={1}
          maxValue={VALIDITY_DAYS_MAX}
          value={draft.validityDaysMax ?? Number.NaN}
          onChange={(days) => change({ validityDaysMax: Number.isNaN(days) ? undefined : days })}
          errors={errorsOf('validityDaysMax')}
        />
        <RevokedField caPem={caPem} revoked={draft.revoked} change={change} errors={errorsOf('revoked')} />
        <RadioCards
          label={t('rejection')}
          columns={3}
          value={draft.rejection}
          onChange={(rejection) => change({ rejection })}
          options={[
            { value: 'leave-pending', label: t('leavePending'), description: t('leavePendingHelp') },
            { value: 'deactivate', label: t('deactivate'), description: t('deactivateHelp') },
            { value: 'revoke', label: t('revoke'), description: t('revokeHelp') },
          ]}
        />
      </div>
    </Card>
  );
}
