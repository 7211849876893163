'use client';

import { RoleField } from '@/components/template/role-field';
import { TemplateFindings } from '@/components/template/template-findings';
import { NamedTemplateChoice } from '@/components/template-library/named-template-choice';
import type { CaActionsProps } from './ca-actions-props';
import type { ReadDraft, TemplateDraft } from './template-draft';
import { TemplateSourceForm } from './template-source-form';

type TemplateDraftFormProps = {
  ca: Pick<CaActionsProps, 'environment' | 'place' | 'listTemplates' | 'listRoles' | 'checkRole'>;
  draft: TemplateDraft;
  read: ReadDraft;
  onChange: (change: Partial<TemplateDraft>) => void;
};

/** The template that is to be put on a CA, what is found about it, and the role that it runs under. */
export function TemplateDraftForm({ ca, draft, read, onChange }: TemplateDraftFormProps) {
  const { environment, place } = ca;
  const { check, needsRole, roleArn, template } = read;
  return (
    <>
      <TemplateSourceForm
        draft={draft}
        read={read}
        place={place}
        onChange={onChange}
        named={
          <NamedTemplateChoice
            environment={environment}
            value={draft.templateName}
            onChange={(templateName) => onChange({ templateName })}
            listTemplates={ca.listTemplates}
          />
        }
      />
      {check === undefined ? null : <TemplateFindings check={check} />}
      {needsRole ? (
        <RoleField
          environment={environment}
          accountId={place.accountId}
          value={draft.roleArn}
          effective={roleArn}
          onChange={(arn) => onChange({ roleArn: arn })}
          template={template}
          listRoles={ca.listRoles}
          checkRole={ca.checkRole}
        />
      ) : null}
    </>
  );
}
