import 'server-only';
import { dryRun, namesOf } from '@/components/device/dry-run';
import type { LikelyCause } from '@/components/device/likely-cause';
import { NAMES_MAX } from '@/components/device/registry-answer';
import { checkProvisioningRole } from '@/lib/aws/check-provisioning-role';
import { lookUpNames } from '@/lib/aws/look-up-names';
import type { Environment } from '@/lib/config/environments';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import type { ProvisioningPlan } from '@/lib/provisioning/plan';
import type { Template } from '@/lib/provisioning/template';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';

/** Does what AWS does, without doing it: evaluates the template, then looks at the role. */
export async function findCause(
  environment: Environment,
  config: RegistrationConfig | undefined,
  template: Template | undefined,
  certificate: CertificateFacts,
): Promise<LikelyCause> {
  if (config?.kind !== 'inline' || template === undefined) return { kind: 'template-not-readable' };
  const { things, policies } = namesOf(template, certificate);
  const known = await lookUpNames(environment, {
    things: things.slice(0, NAMES_MAX),
    policies: policies.slice(0, NAMES_MAX),
  });
  const evaluation = dryRun(template, certificate, known);
  if (evaluation.kind === 'failure') return { kind: 'evaluation', failures: evaluation.failures };
  return (await roleCause(environment, config.roleArn, evaluation.plan)) ?? { kind: 'nothing-found' };
}

async function roleCause(
  environment: Environment,
  roleArn: string,
  { steps }: ProvisioningPlan,
): Promise<LikelyCause | undefined> {
  const actions = [...new Set(steps.map(({ action }) => action))];
  const role = await checkProvisioningRole(environment, roleArn, actions);
  if (!role.ok) return undefined;
  switch (role.value.kind) {
    case 'missing':
    case 'not-a-role':
      return { kind: 'role-missing', roleArn };
    case 'other-account':
      return { kind: 'role-elsewhere', roleArn };
    case 'not-seen':
      return undefined;
    case 'seen': {
      const { trust, permissions } = role.value;
      if (trust.kind !== 'trusted' && trust.kind !== 'conditional') {
        return { kind: 'role-not-trusting', roleArn };
      }
      if (permissions.kind === 'not-seen') return undefined;
      const denied = permissions.actions.filter(
        ({ verdict }) => verdict !== 'allowed' && verdict !== 'partly',
      );
      return denied.length === 0
        ? undefined
        : { kind: 'role-denied', roleArn, actions: denied.map(({ action }) => action) };
    }
  }
}
