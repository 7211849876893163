/**
 * Who a policy or a thing is attached to: AWS answers with ARNs, people follow links.
 * AWS IoT Developer Guide, "Attach a policy"; API Reference, ListTargetsForPolicy, ListThingPrincipals.
 * @module
 */

export type Principal =
  | { kind: 'certificate'; arn: string; certificateId: string }
  | { kind: 'thing-group'; arn: string; groupName: string }
  /** A Cognito identity (`region:uuid`), or a form we do not know: shown as it is. */
  | { kind: 'other'; arn: string };

const CERTIFICATE_ARN = /^arn:[\w-]+:iot:[\w-]+:\d{12}:cert\/([0-9a-f]{64})$/;
const THING_GROUP_ARN = /^arn:[\w-]+:iot:[\w-]+:\d{12}:thinggroup\/([a-zA-Z0-9:_-]{1,128})$/;

/** Reads the ARN of a principal or policy target. Total: what it does not know becomes `other`. */
export function parsePrincipal(arn: string): Principal {
  const certificateId = CERTIFICATE_ARN.exec(arn)?.[1];
  if (certificateId !== undefined) return { kind: 'certificate', arn, certificateId };
  const groupName = THING_GROUP_ARN.exec(arn)?.[1];
  if (groupName !== undefined) return { kind: 'thing-group', arn, groupName };
  return { kind: 'other', arn };
}
