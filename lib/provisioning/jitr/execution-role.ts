/**
 * What the function may do: the calls that its settings need, on the resources they name.
 * Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT"; Lambda Developer Guide, "Lambda execution role".
 * @module
 */
import { partitionOf } from '@/lib/provisioning/starters';
import { fixedPrefix } from './fill-in';
import type { JitrSettings } from './settings';

/** Where a set-up stands. */
export type JitrPlace = { accountId: string; region: string; caId: string };

/** Lambda and nobody else gets the role. */
export const FUNCTION_TRUST_POLICY = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  },
  null,
  2,
);

type Statement = { Sid: string; Effect: 'Allow'; Action: readonly string[]; Resource: readonly string[] };

/** The role's inline policy, as text. */
export function executionRolePolicy(settings: JitrSettings, { accountId, region, caId }: JitrPlace): string {
  const partition = partitionOf(region);
  const iot = (resource: string) => `arn:${partition}:iot:${region}:${accountId}:${resource}`;
  const logGroup = `arn:${partition}:logs:${region}:${accountId}:log-group:/aws/lambda/${settings.name}`;
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): Statement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });
  const { policy, thing, scope } = settings;
  const statements = [
    allow(
      'Log',
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      [logGroup, `${logGroup}:*`],
    ),
    allow(
      'Certificates',
      [
        'iot:DescribeCertificate',
        'iot:UpdateCertificate',
        // Its resource is the target that the policy is attached to.
        ...(policy.kind === 'none' ? [] : ['iot:AttachPolicy']),
      ],
      [iot('cert/*')],
    ),
    allow(
      'CertificateAuthority',
      ['iot:DescribeCACertificate'],
      [iot(`cacert/${scope === 'one-ca' ? caId : '*'}`)],
    ),
    ...(policy.kind === 'create'
      ? [allow('Policy', ['iot:CreatePolicy'], [iot(`policy/${policy.name}`)])]
      : []),
    ...(thing === undefined ? [] : thingStatements(thing)),
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);

  function thingStatements({ name, groups, taken }: NonNullable<typeof thing>): Statement[] {
    // Device names begin alike: the rest of the account's things stay out of reach.
    const things = iot(`thing/${fixedPrefix(name)}*`);
    return [
      allow(
        'Things',
        ['iot:CreateThing', ...(taken === 'refuse' ? ['iot:ListThingPrincipals'] : [])],
        [things],
      ),
      // The reference gives it no resource: then it has to be all.
      allow('ThingPrincipals', ['iot:AttachThingPrincipal'], ['*']),
      ...(groups.length === 0
        ? []
        : [
            allow(
              'ThingGroups',
              ['iot:AddThingToThingGroup'],
              [things, ...groups.map((group) => iot(`thinggroup/${group}`))],
            ),
          ]),
    ];
  }
}
