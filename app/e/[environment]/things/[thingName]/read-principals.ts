import 'server-only';
import type { ThingPrincipalRow } from '@/components/registry/thing-principals-table';
import type { IotGateway } from '@/lib/aws/iot-gateway';
import type { Failure } from '@/lib/failure';
import type { Page } from '@/lib/registry/page';
import type { Principal } from '@/lib/registry/principal';
import type { Result } from '@/lib/result';

/** Two more calls each; a thing has one certificate, or two while it changes. The rest is shown by its id. */
export const PRINCIPALS_READ_MAX = 5;

export type ThingPrincipals = { rows: ThingPrincipalRow[]; failure: Failure | undefined; isPartial: boolean };

/** The thing's principals, the first ones with status and policies. */
export async function readPrincipals(
  iot: IotGateway,
  page: Result<Page<Principal>, Failure>,
): Promise<ThingPrincipals> {
  if (!page.ok) return { rows: [], failure: page.failure, isPartial: false };
  const { items, nextToken } = page.value;
  const rows = await Promise.all(
    items.map((principal, index) => readRow(iot, principal, index < PRINCIPALS_READ_MAX)),
  );
  return { rows, failure: undefined, isPartial: nextToken !== undefined };
}

async function readRow(iot: IotGateway, principal: Principal, isRead: boolean): Promise<ThingPrincipalRow> {
  if (principal.kind !== 'certificate' || !isRead) {
    return { principal, certificate: undefined, policyNames: undefined };
  }
  const [certificate, policies] = await Promise.all([
    iot.describeCertificate(principal.certificateId),
    iot.listAttachedPolicies(principal.arn, { pageSize: 25, token: undefined }),
  ]);
  return {
    principal,
    certificate: certificate.ok ? certificate.value : undefined,
    policyNames: policies.ok ? policies.value.items.map(({ name }) => name) : undefined,
  };
}
