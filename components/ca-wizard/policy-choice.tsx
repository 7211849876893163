'use client';

import { useTranslations } from 'use-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code-block';
import { Disclosure } from '@/components/ui/disclosure';
import { Select } from '@/components/ui/select';
import { StatusBadge } from '@/components/ui/status-badge';
import { TextField } from '@/components/ui/text-field';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { scopedPolicyDocument } from './template-choice';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';

/** The policy that the template names: one that is there, or one that the run creates. */
export function PolicyChoice() {
  const t = useTranslations('wizard.policy');
  const { draft, change, place, policyNames } = useWizard();
  const errorsOf = useFieldErrors();
  const { policyName, createsPolicy } = draft.template;
  const names = policyNames?.ok ? policyNames.value.items : [];
  const presence = presenceOf();

  function presenceOf(): 'reading' | 'unseen' | 'present' | 'absent' {
    if (policyNames === undefined) return 'reading';
    if (names.includes(policyName)) return 'present';
    return policyNames.ok && policyNames.value.isWhole ? 'absent' : 'unseen';
  }

  return (
    <div className="flex flex-col gap-3" data-field="policyName">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <TextField
          label={t('name')}
          help={t('nameHelp')}
          constraint={t('nameRule')}
          isMonospace
          value={policyName}
          onChange={(name) => change({ kind: 'template-changed', template: { policyName: name } })}
          errors={errorsOf('policyName')}
          autoComplete="off"
        />
        {names.length === 0 ? null : (
          <Select
            label={t('choose')}
            help={t('chooseHelp')}
            placeholder={t('choosePlaceholder')}
            value={names.includes(policyName) ? policyName : null}
            onChange={(name) => change({ kind: 'template-changed', template: { policyName: name } })}
            options={names.map((name) => ({ value: name, label: name }))}
          />
        )}
      </div>
      {isPolicyName(policyName) && errorsOf('policyName').length === 0 ? (
        <p role="status" className="text-sm">
          <StatusBadge tone={TONES[presence]}>{t(`presence.${presence}`, { name: policyName })}</StatusBadge>
        </p>
      ) : null}
      {presence === 'absent' || presence === 'unseen' ? (
        <>
          <Checkbox
            isSelected={createsPolicy}
            onChange={(creates) => change({ kind: 'template-changed', template: { createsPolicy: creates } })}
            description={t('createHelp')}
          >
            {t('create')}
          </Checkbox>
          {createsPolicy ? (
            <Disclosure summary={t('document')}>
              <CodeBlock
                label={t('document')}
                code={JSON.stringify(JSON.parse(scopedPolicyDocument(place)), null, 2)}
              />
            </Disclosure>
          ) : null}
        </>
      ) : null}
    </div>
  );
}

const TONES = { reading: 'neutral', unseen: 'neutral', present: 'positive', absent: 'warning' } as const;
