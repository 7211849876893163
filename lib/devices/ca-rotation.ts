/**
 * An old CA and its successor side by side.
 * @module
 */
import 'server-only';
import { iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import {
  type CaLedgerCounts,
  countRotation,
  type RotationCounts,
  remainingDevices,
} from '@/lib/ledger/ca-devices';
import type { LedgerRow } from '@/lib/ledger/ledger-row';
import { type CertificateFacts, inspectCertificate } from '@/lib/pki/inspect-certificate';
import type { CaImpact } from '@/lib/registry/ca-impact';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import { ok, type Result } from '@/lib/result';
import { readCaImpact } from './ca-impact';

/** A thousand certificates of AWS's list: four calls a CA, which a person waits for. */
const PAGES_MAX = 4;

/** As many as a page shows; the rest is in the list of issued devices. */
const REMAINING_SHOWN = 20;

export type CaSide = {
  ca: CaDetail;
  /** Undefined when the certificate cannot be decoded. */
  facts: CertificateFacts | undefined;
  impact: CaImpact;
  ledger: CaLedgerCounts | undefined;
};

export async function readCaSide(
  environment: Environment,
  caId: string,
  now: Date,
): Promise<Result<CaSide, Failure>> {
  const [described, counted] = await Promise.all([
    iotFor(environment).describeCaCertificate(caId),
    readCaImpact(environment, caId, { now, pagesMax: PAGES_MAX }),
  ]);
  if (!described.ok) return described;
  const facts = await inspectCertificate(described.value.certificatePem, globalThis.crypto);
  return ok({ ca: described.value, facts: facts.ok ? facts.value : undefined, ...counted });
}

export type RotationProgress = { counts: RotationCounts; remaining: LedgerRow[] };

export async function readRotation(
  environment: Environment,
  { oldCaId, newCaId, now }: { oldCaId: string; newCaId: string; now: Date },
): Promise<Result<RotationProgress, Failure>> {
  const rotation = { oldCaId, newCaId, now };
  const counts = await countRotation(environment.id, rotation);
  if (!counts.ok) return counts;
  const remaining = await remainingDevices(environment.id, { ...rotation, limit: REMAINING_SHOWN });
  return remaining.ok ? ok({ counts: counts.value, remaining: remaining.value }) : remaining;
}
