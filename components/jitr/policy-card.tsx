'use client';

import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { lintPolicy } from '@/lib/policy/lint/lint-policy';
import type { FormPart } from './form-part';

type PolicyCardProps = FormPart & {
  policyNames: readonly string[];
  place: { accountId: string; region: string };
};

/** What a device may do that has passed. */
export function PolicyCard({ draft, change, errorsOf, policyNames, place }: PolicyCardProps) {
  const t = useTranslations('jitr.policy');
  const isOpen =
    draft.policyKind === 'create' &&
    lintPolicy(draft.policyDocument, { place }).some(({ id }) => id === 'everything-allowed');
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-5">
        <RadioCards
          label={t('choice')}
          columns={3}
          value={draft.policyKind}
          onChange={(policyKind) => change({ policyKind })}
          options={[
            { value: 'create', label: t('create'), description: t('createHelp') },
            { value: 'existing', label: t('existing'), description: t('existingHelp') },
            { value: 'none', label: t('none'), description: t('noneHelp') },
          ]}
        />
        {draft.policyKind === 'none' ? null : (
          <div className="max-w-md">
            <TextField
              label={t('name')}
              isMonospace
              value={draft.policyName}
              onChange={(policyName) => change({ policyName })}
              suggestions={draft.policyKind === 'existing' ? policyNames : []}
              errors={errorsOf('policyName')}
              autoComplete="off"
              spellCheck="false"
            />
          </div>
        )}
        {draft.policyKind === 'existing' &&
        draft.policyName !== '' &&
        policyNames.length > 0 &&
        !policyNames.includes(draft.policyName.trim()) ? (
          <Notice tone="warning" title={t('unseen', { name: draft.policyName })} />
        ) : null}
        {draft.policyKind === 'create' ? (
          <>
            <TextArea
              label={t('document')}
              help={t('documentHelp')}
              isCode
              rows={12}
              value={draft.policyDocument}
              onChange={(policyDocument) => change({ policyDocument })}
              errors={errorsOf('policyDocument')}
            />
            {isOpen ? <Notice tone="warning" title={t('open')} /> : null}
          </>
        ) : null}
      </div>
    </Card>
  );
}
