/**
 * What just-in-time provisioning would do: template, dry run with the names it needs, and role.
 * @module
 */
import 'server-only';
import type { DeviceFacts, DryRunFacts, RoleFacts } from '@/lib/diagnosis/facts';
import { ABSENT, known, mapKnown, presentOf } from '@/lib/diagnosis/known';
import { inspectCertificate } from '@/lib/pki/inspect-certificate';
import { readJson } from '@/lib/policy/json-text';
import { connectionContext } from '@/lib/policy/policy-context';
import { judgeTrust } from '@/lib/policy/trust-policy';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { evaluate } from '@/lib/provisioning/evaluate';
import { actionsForPlan, actionsForTemplate } from '@/lib/provisioning/provisioning-role';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import { accountOfRole, roleNameOf } from '@/lib/registry/iam-role';
import { PROVISIONING_SERVICE } from '@/lib/registry/provisioning-role';
import { askNames } from './ask-names';
import type { Inquiry } from './inquiry';

export async function askNamedTemplate(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const config = presentOf(inquiry.facts.ca)?.config;
  if (config?.kind !== 'named') return {};
  const answer = await inquiry.ask('DescribeProvisioningTemplate', () =>
    inquiry.iot.describeProvisioningTemplate(config.templateName),
  );
  const detail = presentOf(answer);
  if (detail !== undefined) {
    inquiry.material.template = { body: detail.templateBody, roleArn: detail.roleArn };
  }
  return {
    namedTemplate: mapKnown(answer, (value) =>
      value === ABSENT ? ABSENT : { name: value.name, isEnabled: value.isEnabled, type: value.type },
    ),
  };
}

/** Evaluates the template for this certificate against as much of the registry as the calls allow. */
export async function askDryRun(inquiry: Inquiry, callsMax: number): Promise<Partial<DeviceFacts>> {
  const { material } = inquiry;
  const certificate = await provisioningFacts(inquiry);
  if (material.template === undefined || certificate === undefined) return {};
  const parsed = parseTemplate(material.template.body);
  const seen = (dryRun: DryRunFacts) => ({ dryRun: known(dryRun, 'dry-run', inquiry.now()) });
  if (!parsed.ok) return seen({ kind: 'unreadable', reason: unreadableReason(material.template.body) });

  const template = parsed.value;
  const registry = await askNames(inquiry, template, certificate, callsMax);
  const evaluation = evaluate({ template, certificate, registry });
  material.actions =
    evaluation.kind === 'plan' ? actionsForPlan(evaluation.plan) : actionsForTemplate(template);
  const makes = (kind: Template['resources'][number]['kind']) =>
    template.resources.some((resource) => resource.kind === kind);
  return seen({ kind: 'evaluated', evaluation, makesThing: makes('thing'), makesPolicy: makes('policy') });
}

async function provisioningFacts({ material, device }: Inquiry): Promise<CertificateFacts | undefined> {
  if (material.leafPem === undefined) return device.subject;
  const read = await inspectCertificate(material.leafPem, globalThis.crypto);
  if (!read.ok) return undefined;
  const { certificateId, serialDecimal, subject } = read.value;
  return { certificateId, serialNumberDecimal: serialDecimal, subject: subject.fields };
}

function unreadableReason(body: string): 'not-json' | 'double-encoded' | 'malformed' {
  const read = readJson(body);
  if (!read.ok) return 'not-json';
  return typeof read.value === 'string' ? 'double-encoded' : 'malformed';
}

/** The role that the template names: there, of this account, trusting AWS IoT? */
export async function askRole(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const { material, environment, iam } = inquiry;
  const roleArn = material.template?.roleArn;
  if (roleArn === undefined) return {};
  const role = (kind: RoleFacts['kind']) => ({ role: known({ kind, roleArn }, 'GetRole', inquiry.now()) });
  const name = roleNameOf(roleArn);
  if (name === undefined) return role('missing');
  if (accountOfRole(roleArn) !== environment.accountId) return role('other-account');

  const answer = await inquiry.ask('GetRole', () => iam.getRole(name));
  if (answer.kind !== 'known') return { role: answer };
  // The role of this name may have another path: IAM finds roles by name alone, AWS IoT by the whole ARN.
  if (answer.value === ABSENT || answer.value.arn !== roleArn) return role('missing');
  const context = connectionContext({ extra: { 'aws:SourceAccount': environment.accountId } });
  const trust = judgeTrust(answer.value.trustPolicy, PROVISIONING_SERVICE, context);
  // Conditions that we cannot judge are given the benefit of the doubt.
  return role(trust.kind === 'trusted' || trust.kind === 'conditional' ? 'trusting' : 'not-trusting');
}

/** What IAM's simulation says of the actions that the template needs. */
export async function askPermissions(inquiry: Inquiry): Promise<Partial<DeviceFacts>> {
  const { material, environment, iam } = inquiry;
  const roleArn = material.template?.roleArn;
  if (roleArn === undefined || material.actions.length === 0) return {};
  if (accountOfRole(roleArn) !== environment.accountId) return {};
  const denied = await inquiry.ask('SimulatePrincipalPolicy', () =>
    iam.deniedActions(roleArn, material.actions),
  );
  // That there is no such role is for the other question to say.
  if (denied.kind === 'known' && denied.value === ABSENT) return {};
  return { permissions: mapKnown(denied, (value) => (value === ABSENT ? [] : value)) };
}
