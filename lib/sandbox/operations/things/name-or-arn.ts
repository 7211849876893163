import { invalidRequest } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';

type Asked = {
  name: string | undefined;
  arn: string | undefined;
  /** Start of the request members' names and of the resource's kind in an ARN. */
  member: 'thing' | 'thingGroup' | 'billingGroup';
};

/**
 * The name of a resource that a request names, or gives the ARN of, or both. Whether it exists is not looked at.
 *
 * @throws ApiError InvalidRequestException when neither is given, when they differ, or when the ARN is not one of this kind
 */
export function nameOf({ region }: Scope, { name, arn, member }: Asked): string {
  if (name === undefined && arn === undefined) {
    throw invalidRequest(
      `Both ${member}Arn and ${member}Name are empty. Need to specify at least one of them`,
    );
  }
  if (arn === undefined) return name ?? '';
  const prefix = region.arn(`${member.toLowerCase()}/`);
  if (!arn.startsWith(prefix)) {
    throw invalidRequest(
      `${member}Arn ${arn} is not the ARN of a resource of this kind in this account and Region`,
    );
  }
  const named = arn.slice(prefix.length);
  if (name === undefined || name === named) return named;
  throw invalidRequest(`${member}Arn does not match specified ${member}Name in request`);
}
