/**
 * What devices can be allowed, on which kind of resource, and by which variables.
 * AWS IoT Developer Guide, "AWS IoT Core policy actions", "AWS IoT Core action resources" and "AWS IoT Core policy
 * variables".
 * @module
 */
import { matchesAction } from '@/lib/policy/decide';
import type { Statement } from '@/lib/policy/policy-statement';

/** The first word of a resource's name; `*` where the action has no resource of its own. */
export type ResourceType = 'client' | 'topic' | 'topicfilter' | 'thing' | 'rolealias' | '*';

const ACTIONS: Readonly<Record<string, ResourceType>> = {
  'iot:Connect': 'client',
  'iot:Publish': 'topic',
  'iot:Receive': 'topic',
  'iot:RetainPublish': 'topic',
  'iot:GetRetainedMessage': 'topic',
  'iot:ListRetainedMessages': '*',
  'iot:Subscribe': 'topicfilter',
  'iot:GetThingShadow': 'thing',
  'iot:UpdateThingShadow': 'thing',
  'iot:DeleteThingShadow': 'thing',
  'iot:ListNamedShadowsForThing': '*',
  'iot:DescribeJobExecution': 'thing',
  'iot:GetPendingJobExecutions': 'thing',
  'iot:StartNextPendingJobExecution': 'thing',
  'iot:UpdateJobExecution': 'thing',
  'iot:AssumeRoleWithCertificate': 'rolealias',
};

/** The actions that a device policy can name. */
export const DEVICE_ACTIONS: readonly string[] = Object.keys(ACTIONS);

export const resourceTypeOf = (action: string): ResourceType | undefined => ACTIONS[action];

/** The device actions that a statement is about, its wildcards filled in. */
export function actionsOf({ actions }: Statement): string[] {
  return DEVICE_ACTIONS.filter((action) => matchesAction(actions, action));
}

const NAME_FIELDS = [
  'DistinguishedNameQualifier',
  'Country',
  'Organization',
  'OrganizationalUnit',
  'State',
  'CommonName',
  'SerialNumber',
  'Title',
  'Surname',
  'GivenName',
  'Initials',
  'Pseudonym',
  'GenerationQualifier',
];
const ALTERNATIVE_NAME_FIELDS = [
  'RFC822Name',
  'DNSName',
  'DirectoryName',
  'UniformResourceIdentifier',
  'IPAddress',
];

/** The variables of device policies; `.1` and the like may follow those of the certificate's names. */
export const VARIABLES: readonly string[] = [
  'iot:ClientId',
  'aws:SourceIp',
  'iot:Connection.Thing.ThingName',
  'iot:Connection.Thing.ThingTypeName',
  'iot:Connection.Thing.IsAttached',
  'iot:Certificate.SerialNumber',
  'iot:Certificate.AvailableKeys',
  ...['Subject', 'Issuer'].flatMap((side) => [
    ...NAME_FIELDS.map((field) => `iot:Certificate.${side}.${field}`),
    ...ALTERNATIVE_NAME_FIELDS.map((field) => `iot:Certificate.${side}.AlternativeName.${field}`),
  ]),
];

/** The kinds of connection that variables depend on. */
export type ConnectionKind = 'mqtt-certificate' | 'https-certificate' | 'mqtt-other';

export type VariableVerdict = 'resolvable' | 'unknown' | 'not-for-this-connection';

/** Whether a variable can have a value on such a connection. HTTPS has no client id, so it has no thing either. */
export function judgeVariable(name: string, connection: ConnectionKind): VariableVerdict {
  const isAttribute = /^iot:Connection\.Thing\.Attributes\[[^\]]+\]$/.test(name);
  const bare = name.startsWith('iot:Certificate.') ? name.replace(/\.(?:\d|List)$/, '') : name;
  const known = isAttribute || bare.toLowerCase() === 'aws:sourceip' || VARIABLES.includes(bare);
  // Global keys are many and ours to judge only where a device policy can have them; the others are left alone.
  if (!known) return /^(?:aws|iam|sts):/.test(name) ? 'resolvable' : 'unknown';
  const needsClient = name === 'iot:ClientId' || name.startsWith('iot:Connection.');
  if (needsClient && connection === 'https-certificate') return 'not-for-this-connection';
  const needsCertificate = name.startsWith('iot:Certificate.');
  return needsCertificate && connection === 'mqtt-other' ? 'not-for-this-connection' : 'resolvable';
}

const BY_TEMPLATE_PARAMETER: Readonly<Record<string, string>> = {
  CommonName: 'iot:Certificate.Subject.CommonName',
  Country: 'iot:Certificate.Subject.Country',
  Organization: 'iot:Certificate.Subject.Organization',
  OrganizationalUnit: 'iot:Certificate.Subject.OrganizationalUnit',
  DistinguishedNameQualifier: 'iot:Certificate.Subject.DistinguishedNameQualifier',
  StateName: 'iot:Certificate.Subject.State',
  SerialNumber: 'iot:Certificate.SerialNumber',
};

/** The variable that was likely meant: a template parameter's counterpart, another case, or a letter or two away. */
export function nearestVariable(name: string): string | undefined {
  const parameter = BY_TEMPLATE_PARAMETER[name.replace('AWS::IoT::Certificate::', '')];
  if (name.startsWith('AWS::') && parameter !== undefined) return parameter;
  const shortened = name.replace(/\.StateName$/, '.State').replace(/^iot:Thing\./, 'iot:Connection.Thing.');
  return nearest(shortened, VARIABLES);
}

export const nearestAction = (name: string): string | undefined => nearest(name, DEVICE_ACTIONS);

/** The one candidate within two letters of a name, case aside. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > 2) continue;
    const distance = lettersApart(wanted, candidate.toLowerCase());
    if (distance <= 2 && distance < (best?.distance ?? 3)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Levenshtein distance, or anything over two once it is sure to be over two. */
function lettersApart(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (one.charAt(i - 1) === other.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > 2) return 3;
    row = next;
  }
  return row[other.length] ?? 0;
}
