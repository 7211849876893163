/**
 * ARNs of another partition, Region, account or service than the policy's own: they match nothing here.
 * AWS General Reference, "Amazon Resource Names (ARNs)".
 * @module
 */
import { partitionOf } from '@/lib/provisioning/starters';
import { matchesText } from './globs';
import { type IotArn, parseIotArn, printIotArn } from './iot-arn';
import type { Item, PolicyLintId, PolicyView, Report } from './policy-finding';

export function checkPlaces({ statements, context }: PolicyView, report: Report): void {
  for (const { resources } of statements) {
    for (const item of resources) {
      const arn = parseIotArn(item.text);
      if (arn === undefined || arn.type === '') continue;
      if (!matchesText(arn.service, 'iot') && !arn.service.includes('${')) {
        const fix = [
          { kind: 'set' as const, path: item.path, value: printIotArn({ ...arn, service: 'iot' }) },
        ];
        report('service-not-iot', 'error', item, { service: arn.service }, fix);
      }
      checkPlace(item, arn, context.place, report);
    }
  }
}

function checkPlace(item: Item, arn: IotArn, place: PolicyView['context']['place'], report: Report): void {
  const isAccount = /^[\d*?]+$/.test(arn.accountId) || arn.accountId.includes('${');
  if (place === undefined) {
    if (!isAccount) report('account-malformed', 'error', item, { accountId: arn.accountId });
    return;
  }
  const wanted = { partition: partitionOf(place.region), region: place.region, accountId: place.accountId };
  // One button puts the whole ARN right, whichever of its parts is looked at.
  const fix = [{ kind: 'set' as const, path: item.path, value: printIotArn({ ...arn, ...wanted }) }];
  const differs = (part: 'partition' | 'region' | 'accountId') =>
    !arn[part].includes('${') && !matchesText(arn[part], wanted[part]);
  const ids: [PolicyLintId, 'partition' | 'region' | 'accountId'][] = [
    ['other-partition', 'partition'],
    ['other-region', 'region'],
    [isAccount ? 'other-account' : 'account-malformed', 'accountId'],
  ];
  for (const [id, part] of ids) {
    if (differs(part)) report(id, 'error', item, { found: arn[part], wanted: wanted[part] }, fix);
  }
}
