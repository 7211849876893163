/**
 * What just-in-time provisioning leaves in CloudTrail: AWS IoT calls RegisterThing under the provisioning role.
 * AWS IoT Core Developer Guide, "Just-in-time provisioning".
 * @module
 */
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { parameterValue } from '@/lib/provisioning/references';
import { parsedTemplate } from '@/lib/sandbox/jitp/parsed-template';
import type { ProvisioningOutcome } from '@/lib/sandbox/jitp/provisioning-outcome';
import type { Scope } from '@/lib/sandbox/scope';
import { recordTrailEvent, type TrailIdentity, type TrailResource } from './trail-events';
import { sessionIdentity } from './trail-identity';

const IOT = 'iot.amazonaws.com';
/** The session's name, by which people find these events. */
export const PROVISIONING_SESSION = 'iot-provisioning';

export type ProvisioningCall = {
  templateBody: string;
  roleArn: string;
  certificate: CertificateFacts;
  outcome: ProvisioningOutcome;
};

/** Keeps the call of RegisterThing and, when the role lacks a permission, the call that was denied before it. */
export function recordProvisioning(scope: Scope, call: ProvisioningCall): void {
  const { outcome, certificate } = call;
  const event = {
    ...identityOf(scope, call),
    eventSource: IOT,
    sourceIpAddress: IOT,
    userAgent: IOT,
    resources: resourcesOf(call),
  };
  if (outcome.kind === 'access-denied') {
    recordTrailEvent(scope, 'provisioning', {
      ...event,
      eventName: outcome.action.replace(/^iot:/, ''),
      errorCode: 'AccessDenied',
      errorMessage: outcome.awsMessage,
    });
  }
  const parameters = parametersOf(call.templateBody, certificate);
  recordTrailEvent(scope, 'provisioning', {
    ...event,
    eventName: 'RegisterThing',
    ...errorOf(outcome),
    requestParameters: { templateBody: call.templateBody, parameters },
  });
}

function errorOf(outcome: ProvisioningOutcome): { errorCode?: string; errorMessage?: string } {
  switch (outcome.kind) {
    case 'template-unreadable':
      return {
        errorCode: 'InvalidRequestException',
        errorMessage: 'Invalid registration template. The template is not valid JSON',
      };
    case 'template-refused':
      return { errorCode: outcome.failure.awsName, errorMessage: outcome.failure.message };
    case 'role-missing':
    case 'role-not-trusting':
    case 'access-denied':
      return { errorCode: 'AccessDenied', errorMessage: outcome.awsMessage };
    case 'step-failed':
      return { errorCode: outcome.awsName, errorMessage: outcome.awsMessage };
    default:
      return {};
  }
}

/** The session of the role, or the service itself when it could not assume the role. */
function identityOf(scope: Scope, { roleArn, outcome }: ProvisioningCall): TrailIdentity {
  if (outcome.kind === 'role-missing' || outcome.kind === 'role-not-trusting') {
    return { username: IOT, userIdentity: { type: 'AWSService', invokedBy: IOT } };
  }
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return sessionIdentity({
    accountId: scope.accountId,
    roleArn,
    roleName,
    roleId: scope.sandbox.iam.roles.get(roleName.toLowerCase())?.roleId ?? '',
    sessionName: PROVISIONING_SESSION,
    createdAt: scope.now().getTime(),
    invokedBy: IOT,
  });
}

function resourcesOf({ certificate, outcome }: ProvisioningCall): TrailResource[] {
  const thingName = outcome.kind === 'provisioned' ? outcome.thingName : undefined;
  return [
    { type: 'AWS::IoT::Certificate', name: certificate.certificateId },
    ...(thingName === undefined ? [] : [{ type: 'AWS::IoT::Thing', name: thingName }]),
  ];
}

/** What was taken from the certificate for the parameters that the template declares. */
function parametersOf(templateBody: string, certificate: CertificateFacts): Record<string, string> {
  const template = parsedTemplate(templateBody);
  if (!template.ok) return {};
  const values = template.value.parameters.flatMap(({ name }): [string, string][] => {
    const found = parameterValue(template.value, certificate, name);
    return found === undefined || found.isDefault ? [] : [[name, found.value]];
  });
  return Object.fromEntries(values);
}
