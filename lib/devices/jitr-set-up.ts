/**
 * A CA's set-up of just-in-time registration, as it was last kept.
 * @module
 */
import 'server-only';
import { jitrSettings } from '@/lib/aws/jitr/settings-input';
import { allowedCertificateIds, findJitrSetUp } from '@/lib/ledger/jitr-set-ups';
import { ALLOWED_IDS_MAX, type JitrSettings } from '@/lib/provisioning/jitr/settings';
import type { Approval } from '@/lib/registry/approval';

export type JitrSetUp = {
  settings: JitrSettings;
  changedByName: string;
  changedAt: Date;
  /** Undefined: not deployed by this console. */
  deployedAt: Date | undefined;
  /** How many certificates its allow list had then. */
  deployedAllowed: number | undefined;
};

/** Undefined: there is none, or one of a version that this console does not know. */
export async function readJitrSetUp(environment: string, caId: string): Promise<JitrSetUp | undefined> {
  const row = await findJitrSetUp(environment, caId);
  const settings = jitrSettings.safeParse(row?.settings);
  if (row === undefined || !settings.success) return undefined;
  return {
    settings: toJitrSettings(settings.data),
    changedByName: row.changedByName,
    changedAt: row.changedAt,
    deployedAt: row.deployedAt ?? undefined,
    deployedAllowed: row.deployedAllowed ?? undefined,
  };
}

/** The document of the policy that an approval takes from a set-up. Undefined: it takes none, or the set-up makes it no more. */
export async function setUpPolicyDocument(
  environment: string,
  { policy }: Approval,
): Promise<string | undefined> {
  if (policy.kind !== 'set-up') return undefined;
  const made = (await readJitrSetUp(environment, policy.caId))?.settings.policy;
  return made?.kind === 'create' && made.name === policy.name ? made.document : undefined;
}

type Parsed = ReturnType<typeof jitrSettings.parse>;

/** A member that was left out is one that is undefined. */
export const toJitrSettings = ({ validityDaysMax, revoked, thing, ...rest }: Parsed): JitrSettings => ({
  ...rest,
  validityDaysMax,
  revoked: revoked && { serials: revoked.serials, nextUpdate: revoked.nextUpdate },
  thing: thing && { ...thing, typeName: thing.typeName },
});

/** The certificates that the settings let in by id, where their list is the ledger's. */
export async function allowedIdsFor(
  environment: string,
  caId: string,
  { allowList, scope }: Pick<JitrSettings, 'allowList' | 'scope'>,
): Promise<{ ids: string[]; total: number }> {
  if (allowList.kind !== 'ledger') return { ids: [], total: 0 };
  return await allowedCertificateIds(environment, scope === 'one-ca' ? caId : undefined, ALLOWED_IDS_MAX);
}
