/**
 * What a screen needs of one device's diagnosis, as plain data that travels to the browser. No private key, no template, no policy text.
 * @module
 */
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import type { FirstConnectPhase } from '@/lib/registry/first-connect';
import { type Diagnosis, diagnose } from './diagnose';
import type { DeviceFacts, RegisterThingEvent } from './facts';
import type { Finding } from './finding';
import { ABSENT, type Absent, type Known, knownValue, presentOf } from './known';

export type DeviceDiagnosis = {
  certificateId: string;
  commonName: string | undefined;
  caId: string | undefined;
  /** `absent`: AWS answered that it has no such certificate; undefined: it could not be asked. */
  status: CertificateStatus | Absent | undefined;
  things: readonly string[];
  policies: readonly string[];
  /** What CloudTrail has of the provisioning, where somebody asked. */
  record: Known<readonly RegisterThingEvent[]>;
  diagnosis: Diagnosis;
};

export function deviceDiagnosis(certificateId: string, facts: DeviceFacts, now: Date): DeviceDiagnosis {
  const certificate = knownValue(facts.certificate);
  return {
    certificateId,
    commonName: knownValue(facts.leaf)?.commonName,
    caId: caIdOf(facts),
    status: certificate === ABSENT ? ABSENT : certificate?.status,
    things: (knownValue(facts.things) ?? []).map(({ name }) => name),
    policies: (knownValue(facts.policies) ?? []).map(({ name }) => name),
    record: facts.registerThing,
    diagnosis: diagnose(facts, now),
  };
}

function caIdOf({ certificate, ledger, ca }: DeviceFacts): string | undefined {
  return presentOf(certificate)?.caId ?? presentOf(ledger)?.caId ?? presentOf(ca)?.caId;
}

/** From these AWS does not go on by itself. */
const SETTLED: readonly FirstConnectPhase[] = ['active', 'stopped', 'gone'];

/** Whether reading again may tell more about the activation. */
export function goesOn({ ladder: { phase, rungs } }: Diagnosis): boolean {
  return !SETTLED.includes(phase) || rungs.some(({ state }) => state === 'unread');
}

/**
 * The cause that is said first, as one sentence: what holds the device for all that is known. Where there is none, the phase
 * of the climb says where it stands: that nobody has switched a new device on yet is no fault.
 */
export function headlineOf({ findings }: Diagnosis): Finding | undefined {
  const [first] = findings;
  const isCause =
    first !== undefined &&
    first.weight === 'blocks' &&
    first.certainty !== 'possible' &&
    first.code !== 'never-reached';
  return isCause ? first : undefined;
}
