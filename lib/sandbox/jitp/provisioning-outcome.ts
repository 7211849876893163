import type { ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';
import type { TemplateFault } from '@/lib/provisioning/template';
import { assertNever } from '@/lib/result';
import type { Explanation } from '@/lib/sandbox/explanations';

/** What became of one attempt to provision a pending certificate. In every case but the first it stays pending. */
export type ProvisioningOutcome =
  | {
      kind: 'provisioned';
      thingName: string | undefined;
      policyNames: readonly string[];
      status: 'ACTIVE' | 'INACTIVE';
    }
  /** Just-in-time registration: somebody who heard the event activates the certificate. */
  | { kind: 'no-template' }
  | { kind: 'ca-missing' }
  | { kind: 'ca-closed' }
  | { kind: 'template-missing' }
  | { kind: 'template-gone' | 'template-disabled'; templateName: string }
  | { kind: 'template-unreadable'; faults: readonly TemplateFault[] }
  | { kind: 'template-refused'; failure: ProvisioningFailure }
  | { kind: 'role-missing' | 'role-not-trusting'; roleArn: string; awsMessage: string }
  | { kind: 'access-denied'; roleArn: string; action: string; awsMessage: string }
  | { kind: 'step-failed'; action: string; awsName: string; awsMessage: string };

/** The outcome as an event for people; AWS's own error name and text are among the parameters where there are some. */
export function explainProvisioning(
  outcome: ProvisioningOutcome,
): Pick<Explanation, 'code' | 'message' | 'params'> {
  const again = 'The certificate stays PENDING_ACTIVATION; connect again to retry.';
  switch (outcome.kind) {
    case 'provisioned': {
      const { thingName, policyNames, status } = outcome;
      const policies = policyNames.join(', ');
      return {
        code: 'provisioned',
        message: `Provisioned: thing ${thingName ?? 'none'}, policy ${policies || 'none'}, certificate ${status}.`,
        params: { thingName: thingName ?? null, policyNames: policies, status },
      };
    }
    case 'no-template':
      return {
        code: 'provisioning-no-template',
        message:
          'The CA has no template (just-in-time registration): the registered event was published, and the certificate waits to be activated by whoever listens to it.',
      };
    case 'ca-missing':
      return {
        code: 'provisioning-ca-missing',
        message: `The CA of the certificate is not registered any more. Register it again. ${again}`,
      };
    case 'ca-closed':
      return {
        code: 'provisioning-ca-closed',
        message: `The CA of the certificate is inactive, or its auto-registration is off. Switch both on. ${again}`,
      };
    case 'template-missing':
      return {
        code: 'provisioning-template-missing',
        message: `The CA's registration config has no template body and role. Attach them. ${again}`,
      };
    case 'template-gone':
      return {
        code: 'provisioning-template-gone',
        message: `The CA names the provisioning template ${outcome.templateName}, and no JITP template has that name. Create it, or name another one. ${again}`,
        params: { templateName: outcome.templateName },
      };
    case 'template-disabled':
      return {
        code: 'provisioning-template-disabled',
        message: `The provisioning template ${outcome.templateName} that the CA names is disabled. Enable it. ${again}`,
        params: { templateName: outcome.templateName },
      };
    case 'template-unreadable': {
      const [first] = outcome.faults;
      return {
        code: 'provisioning-template-unreadable',
        message: `The CA's template cannot be read (${first?.code ?? 'unknown'} at ${first?.path ?? '$'}). Replace it. ${again}`,
        params: { fault: first?.code ?? null, path: first?.path ?? null },
      };
    }
    case 'template-refused': {
      const { code, path, awsName, message } = outcome.failure;
      return {
        code: 'provisioning-template-refused',
        message: `${awsName}: ${ended(message)} ${again}`,
        params: { ...outcome.failure.params, failure: code, path, awsName, awsMessage: message },
      };
    }
    case 'role-missing':
    case 'role-not-trusting': {
      const { kind, roleArn, awsMessage } = outcome;
      const cause =
        kind === 'role-missing' ? 'The role does not exist.' : 'The role does not trust iot.amazonaws.com.';
      return {
        code: `provisioning-${kind}`,
        message: `AccessDenied: ${awsMessage}. ${cause} ${again}`,
        params: { roleArn, awsName: 'AccessDenied', awsMessage },
      };
    }
    case 'access-denied': {
      const { roleArn, action, awsMessage } = outcome;
      return {
        code: 'provisioning-access-denied',
        message: `AccessDenied: ${awsMessage}. Attach AWSIoTThingsRegistration to the role. ${again}`,
        params: { roleArn, action, awsName: 'AccessDenied', awsMessage },
      };
    }
    case 'step-failed': {
      const { action, awsName, awsMessage } = outcome;
      return {
        code: 'provisioning-step-failed',
        message: `${action} failed with ${awsName}: ${ended(awsMessage)} ${again}`,
        params: { action, awsName, awsMessage },
      };
    }
    default:
      return assertNever(outcome);
  }
}

/** AWS's texts end with a full stop, or do not. */
const ended = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
