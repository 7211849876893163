import { invalidRequest, notFound } from '@/lib/sandbox/api-error';
import { BillingGroupTables } from '@/lib/sandbox/operations/billing-groups/billing-group-tables';
import { ThingGroupTables } from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import { ThingTypeTables } from '@/lib/sandbox/operations/thing-types/thing-type-tables';
import type { Scope } from '@/lib/sandbox/scope';
import type { RegionState } from '@/lib/sandbox/state/region-state';
import { TagTables } from './tag-tables';

const ARN = /^arn:aws(?:-cn|-us-gov)?:iot:([a-z0-9-]+):(\d{12}):([a-z]+)\/(.+)$/;

/** Kinds whose own table says whether a resource is there, so that an untagged one needs no row among the tags. */
const FOUND: ReadonlyMap<string, (region: RegionState, name: string) => boolean> = new Map([
  ['policy', (region, name) => region.policies.has(name)],
  ['cacert', (region, name) => region.caCertificates.has(name)],
  ['thingtype', (region, name) => region.family(ThingTypeTables).types.has(name)],
  ['thinggroup', (region, name) => region.family(ThingGroupTables).groups.has(name)],
  ['billinggroup', (region, name) => region.family(BillingGroupTables).groups.has(name)],
]);

/** The other kinds that the Service Authorization Reference for AWS IoT marks as taggable; their rows are made at creation. */
const RECORDED: ReadonlySet<string> = new Set([
  ...['authorizer', 'certificateprovider', 'command', 'custommetric', 'dimension', 'domainconfiguration'],
  ...[
    'fleetmetric',
    'job',
    'jobtemplate',
    'mitigationaction',
    'otaupdate',
    'package',
    'provisioningtemplate',
  ],
  ...['rolealias', 'rule', 'scheduledaudit', 'securityprofile', 'stream'],
]);

/** Whether an untagged resource of the ARN's kind is found without a row among the tags. */
export const isFoundWithoutRow = (arn: string) => FOUND.has(ARN.exec(arn)?.[3] ?? '');

/**
 * That `arn` names a resource of this account and Region that can have tags. Things and certificates cannot.
 *
 * @throws ApiError InvalidRequestException when no such resource can have tags, ResourceNotFoundException when there is none
 */
export function requireTaggable(scope: Scope, arn: string): void {
  const [, regionName, accountId, kind = '', name = ''] = ARN.exec(arn) ?? [];
  const find = FOUND.get(kind);
  if (!find && !RECORDED.has(kind)) {
    throw invalidRequest(`The resource ${arn} cannot have tags: it is not the ARN of a taggable resource`);
  }
  const { region } = scope;
  const isHere = regionName === region.name && accountId === scope.accountId;
  const exists = find ? find(region, name) : region.family(TagTables).tagsByArn.has(arn);
  if (!isHere || !exists) throw notFound(`The resource ${arn} does not exist in your account`);
}
