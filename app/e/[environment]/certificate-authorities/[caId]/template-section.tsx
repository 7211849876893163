import { Suspense } from 'react';
import { AttachTemplateButton } from '@/components/ca/attach-template-button';
import { CaTemplatePanel } from '@/components/ca/ca-template-panel';
import type { CaTranslator } from '@/components/ca/ca-translator';
import { dryRunHref } from '@/components/dry-run/dry-run-href';
import { jitrHref } from '@/components/jitr/jitr-href';
import type { RegistryTranslator } from '@/components/registry/translator';
import { TemplateSummaryCard } from '@/components/template/template-summary-card';
import { ConvertCaTemplate } from '@/components/template-library/convert-ca-template';
import { NamedTemplateFacts } from '@/components/template-library/named-template-facts';
import { caEditorHref } from '@/components/template-library/templates-query';
import { LinkButton } from '@/components/ui/link-button';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth/permissions';
import { iotFor } from '@/lib/aws/iot-gateway';
import { getTranslations } from '@/lib/locale/get-translations';
import { parseTemplate } from '@/lib/provisioning/template';
import { type CaActionFacts, caActionProps } from './action-props';
import { createNamedTemplate, switchTemplate } from './actions';
import { RulesSection } from './jitr/rules-section';
import { RoleSection } from './role-section';

type TemplateSectionProps = CaActionFacts & { t: CaTranslator; registry: RegistryTranslator };

/** The CA's template: what it needs and makes, its text, and the role it runs under. */
export async function TemplateSection({ t, registry, ...facts }: TemplateSectionProps) {
  const { operator, environment, ca, name } = facts;
  const { registrationConfig: config, caId } = ca;
  const [templates, dryRun, jitr, named] = await Promise.all([
    getTranslations('templates'),
    getTranslations('dry-run'),
    getTranslations('jitr'),
    config?.kind === 'named'
      ? iotFor(environment).describeProvisioningTemplate(config.templateName)
      : undefined,
  ]);
  const inForce = config?.kind === 'inline' ? config : named?.ok ? named.value : undefined;
  const parsed = inForce && parseTemplate(inForce.templateBody);
  const template = parsed?.ok ? parsed.value : undefined;
  const props = caActionProps(facts);
  const mayConvert = props.mayUpdate && can(operator, 'template:update', { environment: environment.id });
  const panel = (
    <CaTemplatePanel
      t={t}
      ca={ca}
      actions={
        props.mayUpdate ? (
          <>
            {config === undefined ? null : (
              <LinkButton href={dryRunHref(environment.id, { ca: caId })}>{dryRun('page.open')}</LinkButton>
            )}
            {config?.kind === 'inline' && mayConvert ? (
              <LinkButton href={caEditorHref(environment.id, caId)}>{templates('openInEditor')}</LinkButton>
            ) : null}
            {config !== undefined && mayConvert ? (
              <ConvertCaTemplate
                environment={environment.id}
                cliTarget={props.cliTarget}
                caId={caId}
                caName={name}
                config={config}
                template={named?.ok ? named.value : undefined}
                createTemplate={createNamedTemplate}
                switchTemplate={switchTemplate}
              />
            ) : null}
            {config === undefined ? (
              <LinkButton href={jitrHref(environment.id, caId)}>{jitr('open')}</LinkButton>
            ) : null}
            <AttachTemplateButton {...props} />
          </>
        ) : undefined
      }
      named={
        named === undefined || config?.kind !== 'named' ? undefined : (
          <NamedTemplateFacts environment={environment.id} name={config.templateName} template={named} />
        )
      }
      summary={
        inForce !== undefined && template !== undefined ? (
          <TemplateSummaryCard template={template} templateBody={inForce.templateBody} />
        ) : undefined
      }
      role={
        inForce !== undefined && can(operator, 'role:read', { environment: environment.id }) ? (
          <Suspense fallback={<Skeleton label={registry('list.loading')} rows={4} className="p-0" />}>
            <RoleSection environment={environment} roleArn={inForce.roleArn} template={template} />
          </Suspense>
        ) : undefined
      }
    />
  );
  // Where a template readies the devices, no rule has to.
  if (config !== undefined) return panel;
  return (
    <div className="flex flex-col gap-4">
      {panel}
      <Suspense fallback={<Skeleton label={registry('list.loading')} rows={2} />}>
        <RulesSection operator={operator} environment={environment} caId={caId} />
      </Suspense>
    </div>
  );
}
