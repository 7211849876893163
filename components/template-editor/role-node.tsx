'use client';

import { KeyRound } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { RoleFacts } from '@/components/template/role-facts';
import { Disclosure } from '@/components/ui/disclosure';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import { DraftInput } from './draft-input';
import { useWorkplace } from './editor-context';
import { FindingMark } from './finding-mark';
import { ROLE_PLACE } from './use-findings';

type RoleNodeProps = {
  value: string;
  accountId: string;
  onChange: (arn: string) => void;
  /** What was seen of the role in AWS. */
  facts: ProvisioningRoleFacts | undefined;
};

/** The role under which AWS works the template off. */
export const RoleNode = memo(function RoleNode({ value, accountId, onChange, facts }: RoleNodeProps) {
  const t = useTranslations('editor.role');
  const { isReadOnly, namesOf, askFor } = useWorkplace();
  return (
    <section
      aria-label={t('title')}
      data-place={ROLE_PLACE}
      className="scroll-m-24 rounded-lg border border-line bg-surface px-3 py-2"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex items-center gap-2 text-sm font-semibold">
          <KeyRound aria-hidden className="size-4 text-accent" />
          {t('title')}
        </span>
        <div className="min-w-0 flex-[1_1_20rem]">
          <DraftInput
            label={t('label')}
            value={value}
            onChange={onChange}
            isReadOnly={isReadOnly}
            placeholder={`arn:aws:iam::${accountId}:role/JITPRole`}
            suggestions={namesOf('roles')}
            onFocus={() => askFor('roles')}
          />
        </div>
      </div>
      <FindingMark path={ROLE_PLACE} className="mt-1" />
      {facts === undefined ? null : (
        <div className="mt-2">
          <Disclosure
            summary={t(facts.kind === 'seen' && facts.trust.kind === 'trusted' ? 'seen' : 'doubtful')}
          >
            <RoleFacts facts={facts} />
          </Disclosure>
        </div>
      )}
    </section>
  );
});
