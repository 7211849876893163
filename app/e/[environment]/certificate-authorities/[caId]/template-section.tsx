import { Suspense } from 'react';
import { AttachTemplateButton } from '@/components/ca/attach-template-button';
import { CaTemplatePanel } from '@/components/ca/ca-template-panel';
import type { CaTranslator } from '@/components/ca/ca-translator';
import type { RegistryTranslator } from '@/components/registry/translator';
import { TemplateSummaryCard } from '@/components/template/template-summary-card';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth/permissions';
import { parseTemplate } from '@/lib/provisioning/template';
import { type CaActionFacts, caActionProps } from './action-props';
import { RoleSection } from './role-section';

type TemplateSectionProps = CaActionFacts & { t: CaTranslator; registry: RegistryTranslator };

/** The CA's template: what it needs and makes, its text, and the role it runs under. */
export function TemplateSection({ t, registry, ...facts }: TemplateSectionProps) {
  const { operator, environment, ca } = facts;
  const { registrationConfig: config } = ca;
  const parsed = config?.kind === 'inline' ? parseTemplate(config.templateBody) : undefined;
  const template = parsed?.ok ? parsed.value : undefined;
  const props = caActionProps(facts);
  return (
    <CaTemplatePanel
      t={t}
      ca={ca}
      actions={props.mayUpdate ? <AttachTemplateButton {...props} /> : undefined}
      summary={
        config?.kind === 'inline' && template !== undefined ? (
          <TemplateSummaryCard template={template} templateBody={config.templateBody} />
        ) : undefined
      }
      role={
        config?.kind === 'inline' && can(operator, 'role:read', { environment: environment.id }) ? (
          <Suspense fallback={<Skeleton label={registry('list.loading')} rows={4} className="p-0" />}>
            <RoleSection environment={environment} roleArn={config.roleArn} template={template} />
          </Suspense>
        ) : undefined
      }
    />
  );
}
