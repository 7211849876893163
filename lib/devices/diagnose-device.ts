/**
 * "Why is this device not active?" for a certificate id: ledger, AWS and judgement in one call.
 * @module
 */
import 'server-only';
import { z } from 'zod';
import { gatherFacts } from '@/lib/aws/diagnosis/gather-facts';
import type { Environment } from '@/lib/config/environments';
import { type DeviceDiagnosis, deviceDiagnosis } from '@/lib/diagnosis/device-diagnosis';
import type { DeviceFacts, GivenFacts, LedgerFacts } from '@/lib/diagnosis/facts';
import { ABSENT, knownValue, presentOf } from '@/lib/diagnosis/known';
import type { LedgerRow } from '@/lib/ledger/ledger-row';
import { find } from '@/lib/ledger/read';
import { recordSeen } from '@/lib/ledger/record';
import { DELETED_STATE } from '@/lib/ledger/record-seen';
import { countPending } from '@/lib/ledger/search';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';

/** What somebody brought beside the id. */
export type BroughtFacts = {
  certificatePem?: string | undefined;
  given?: GivenFacts | undefined;
};

export type DiagnosedNow = {
  /** Undefined: it was not issued here. */
  row: LedgerRow | undefined;
  facts: DeviceFacts;
  /** The device's certificate, if somebody had its text. */
  leafPem: string | undefined;
  device: DeviceDiagnosis;
};

/** At most ten calls to AWS; what AWS does not tell is a fact of its own, so this never fails. */
export async function diagnoseDevice(
  environment: Environment,
  certificateId: string,
  {
    certificatePem,
    given,
    now = new Date(),
    isCloudTrailWanted = false,
  }: BroughtFacts & { now?: Date; isCloudTrailWanted?: boolean } = {},
): Promise<DiagnosedNow> {
  const row = await find(environment.id, certificateId, now);
  const gathered = await gatherFacts(
    environment,
    {
      certificateId,
      certificatePem,
      subject: row && subjectOf(row),
      given,
      ledger: row && (await ledgerFacts(environment.id, row)),
      clientId: given?.clientId,
      topics: [],
    },
    { isCloudTrailWanted },
  );
  const { facts, leafPem } = gathered;
  const device = nameOf(deviceDiagnosis(certificateId, facts, now), row);
  if (row !== undefined) await keepSeen(row, { facts, now, thingName: device.things[0] });
  return { row, facts, leafPem, device };
}

/** The ledger learns what was just heard; of what AWS never had there is nothing to learn. */
async function keepSeen(
  { environment, certificateId, lastSeenState }: LedgerRow,
  { facts, now, thingName }: { facts: DeviceFacts; now: Date; thingName: string | undefined },
): Promise<void> {
  const seen = presentOf(facts.certificate);
  if (seen !== undefined) {
    const { status, registeredAt } = seen;
    await recordSeen(environment, certificateId, status, now, { registeredAt, thingName });
  } else if (lastSeenState !== undefined && knownValue(facts.certificate) === ABSENT) {
    await recordSeen(environment, certificateId, DELETED_STATE, now);
  }
}

/** Who was never in AWS is known by the ledger's name. */
const nameOf = (device: DeviceDiagnosis, row: LedgerRow | undefined): DeviceDiagnosis => ({
  ...device,
  commonName: device.commonName ?? (row?.commonName || undefined),
});

async function ledgerFacts(environment: string, row: LedgerRow): Promise<LedgerFacts> {
  return {
    issuedAt: row.reservedAt,
    deliveredAt: row.deliveredAt,
    caId: row.caId || undefined,
    batch: row.batch,
    batchPendingCount: row.batch === undefined ? 0 : await countPending(environment, row.batch),
    lastSeenState: row.lastSeenState,
    lastSeenAt: row.lastSeenAt,
  };
}

/** The ledger's JSON as far as a template can ask for it; a row of another hand has no subject to evaluate. */
const issuedSubject = z.object({
  fields: z
    .object({
      commonName: z.string(),
      country: z.string(),
      stateName: z.string(),
      organization: z.string(),
      organizationalUnit: z.string(),
      serialNumber: z.string(),
      dnQualifier: z.string(),
    })
    .partial(),
});

function subjectOf({ certificateId, serial, subject }: LedgerRow): CertificateFacts | undefined {
  const parsed = issuedSubject.safeParse(subject);
  if (!parsed.success || !/^[0-9a-f]+$/i.test(serial)) return undefined;
  return {
    certificateId,
    serialNumberDecimal: BigInt(`0x${serial}`).toString(),
    subject: parsed.data.fields,
  };
}
