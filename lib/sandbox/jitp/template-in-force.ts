import {
  defaultBody,
  findTemplate,
} from '@/lib/sandbox/operations/provisioning-templates/provisioning-template-tables';
import type { CaCertificateRecord } from '@/lib/sandbox/state/records';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import type { ProvisioningOutcome } from './provisioning-outcome';

/** What a device of the CA is provisioned by. */
export type TemplateInForce = {
  kind: 'found';
  templateBody: string;
  roleArn: string;
  /** Undefined: the template is in the CA's registration config itself. */
  templateName: string | undefined;
};

/** The CA's own template, or the default version of the one that it names as it is now. */
export function templateInForce(
  region: RegionState,
  { registrationConfig }: CaCertificateRecord,
): TemplateInForce | ProvisioningOutcome {
  if (registrationConfig === undefined) return { kind: 'no-template' };
  const { templateBody, roleArn, templateName } = registrationConfig;
  if (templateName !== undefined) return namedTemplate(region, templateName);
  if (templateBody === undefined || roleArn === undefined) return { kind: 'template-missing' };
  return { kind: 'found', templateBody, roleArn, templateName };
}

function namedTemplate(region: RegionState, templateName: string): TemplateInForce | ProvisioningOutcome {
  const template = findTemplate(region, templateName);
  if (template?.type !== 'JITP') return { kind: 'template-gone', templateName };
  if (!template.enabled) return { kind: 'template-disabled', templateName };
  return {
    kind: 'found',
    templateBody: defaultBody(template),
    roleArn: template.provisioningRoleArn,
    templateName,
  };
}
