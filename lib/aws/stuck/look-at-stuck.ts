/**
 * Why a few certificates are stuck, out of what is cheap to know: the certificate itself (one call each), and what its CA has in
 * common for all of them. Things and policies, which would cost two more each, are left to the ladder of one device.
 * @module
 */
import 'server-only';
import { gatherFacts } from '@/lib/aws/diagnosis/gather-facts';
import type { AskedGateways } from '@/lib/aws/diagnosis/inquiry';
import type { Environment } from '@/lib/config/environments';
import { diagnose } from '@/lib/diagnosis/diagnose';
import type { FactKey } from '@/lib/diagnosis/facts';
import type { Finding } from '@/lib/diagnosis/finding';
import { isAbsent, knownValue, presentOf } from '@/lib/diagnosis/known';
import { LOOK_MAX, type StuckCause, type StuckLook } from '@/lib/registry/stuck';
import { sharedGateways } from './shared-gateways';

const NOT_CHEAP: ReadonlySet<FactKey> = new Set([
  'things',
  'policies',
  'connect',
  'connectivity',
  'siblings',
]);

/** @returns one look per certificate, and how many calls they took together */
export async function lookAtStuck(
  environment: Environment,
  certificateIds: readonly string[],
  now: () => Date = () => new Date(),
): Promise<{ looks: StuckLook[]; calls: number }> {
  const { gateways, calls } = sharedGateways(environment);
  const looks = await Promise.all(
    certificateIds.slice(0, LOOK_MAX).map((id) => lookAtOne(environment, id, gateways, now)),
  );
  return { looks, calls: calls() };
}

async function lookAtOne(
  environment: Environment,
  certificateId: string,
  gateways: AskedGateways,
  now: () => Date,
): Promise<StuckLook> {
  const device = {
    certificateId,
    certificatePem: undefined,
    subject: undefined,
    given: undefined,
    ledger: undefined,
    clientId: undefined,
    topics: [],
  };
  const { facts } = await gatherFacts(environment, device, { now, without: NOT_CHEAP, gateways });
  const certificate = presentOf(facts.certificate);
  const row = {
    certificateId,
    commonName: knownValue(facts.leaf)?.commonName,
    caId: certificate?.caId,
  };
  if (isAbsent(facts.certificate) || certificate?.status === 'ACTIVE') return { ...row, kind: 'moved-on' };
  if (certificate === undefined) return { ...row, kind: 'unread' };
  const { findings } = diagnose(facts, now());
  return { ...row, kind: 'looked', cause: toCause(findings.find(({ weight }) => weight === 'blocks')) };
}

function toCause(finding: Finding | undefined): StuckCause | undefined {
  if (finding === undefined) return undefined;
  const { code, params, certainty, who, remedy } = finding;
  return { code, params, certainty, who, remedy };
}
