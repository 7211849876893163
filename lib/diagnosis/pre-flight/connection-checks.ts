/**
 * Where and how the device connects, and for how long it can.
 * @module
 */
import type { Diagnosis } from '@/lib/diagnosis/diagnose';
import type { FindingCode } from '@/lib/diagnosis/finding';
import { knownValue } from '@/lib/diagnosis/known';
import { type CheckState, check, type PreFlightCheck, type PreFlightCode } from './check';
import { failed, notSeen, type PreFlightFacts } from './judgement';

const DATES: readonly FindingCode[] = ['certificate-expired', 'certificate-not-yet-valid'];
/** A factory run takes weeks: who starts with less is told. Our choice. */
const ENDS_SOON_MS = 30 * 24 * 60 * 60_000;

export function validity({ facts }: PreFlightFacts, diagnosis: Diagnosis, now: Date): PreFlightCheck {
  const leaf = knownValue(facts.leaf);
  if (leaf === undefined) return notSeen('validity');
  const wrong = failed('validity', 'dates-wrong', diagnosis, DATES);
  if (wrong !== undefined) return wrong;
  // The diagnosis does not speak of dates where AWS has the certificate already.
  if (now > leaf.notAfter || now < leaf.notBefore) return check('validity', 'fail', 'dates-wrong');
  const leftMs = leaf.notAfter.getTime() - now.getTime();
  const days = Math.floor(leftMs / 86_400_000);
  return leftMs < ENDS_SOON_MS
    ? check('validity', 'note', 'ends-soon', { days })
    : check('validity', 'pass', 'valid', { days });
}

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');

/** Guide, "Connecting devices to AWS IoT": 8883, and 443 with ALPN. */
const AWS_PORTS: readonly number[] = [8883, 443];

export function endpoint({ target: { host, port }, endpoint: expected }: PreFlightFacts): PreFlightCheck {
  if (host === undefined) return notSeen('endpoint', 'endpoint-unnamed');
  if (expected === undefined) return notSeen('endpoint', 'not-reached');
  const params = { host, expected: expected.host };
  // An address is no server name, so a device that has one sends none (RFC 6066 section 3).
  if (isAddress(host)) return check('endpoint', 'fail', 'endpoint-address', params);
  if (host.toLowerCase() !== expected.host.toLowerCase()) {
    const isOldForm = host.toLowerCase() === expected.host.toLowerCase().replace('-ats.iot.', '.iot.');
    return check('endpoint', 'fail', isOldForm ? 'endpoint-not-ats' : 'endpoint-other', params);
  }
  const isPortRight = port === undefined || port === expected.port || isAwsPort(expected.port, port);
  return isPortRight
    ? check('endpoint', 'pass', 'endpoint-right', { host, port: port ?? expected.port })
    : check('endpoint', 'fail', 'endpoint-port', { port, expected: expected.port });
}

/** Where the environment's own is one of AWS's, so is the other. */
const isAwsPort = (own: number, port: number): boolean => AWS_PORTS.includes(own) && AWS_PORTS.includes(port);

const ROOT: Record<PreFlightFacts['serverRoot'], readonly [CheckState, PreFlightCode]> = {
  verifies: ['pass', 'root-verifies'],
  wrong: ['fail', 'root-wrong'],
  // Many devices have the Amazon roots built in.
  absent: ['unseen', 'root-absent'],
  unknown: ['unseen', 'not-reached'],
};

export const serverRoot = ({ serverRoot: root }: PreFlightFacts) => check('server-root', ...ROOT[root]);

export function clientId({ target, thing, facts }: PreFlightFacts): PreFlightCheck {
  const name = thing?.name ?? knownValue(facts.things)?.[0]?.name;
  if (target.clientId === undefined) return notSeen('client-id', 'client-id-unnamed');
  if (name === undefined) return notSeen('client-id');
  const params = { clientId: target.clientId, thing: name };
  return target.clientId === name
    ? check('client-id', 'pass', 'client-id-fits', params)
    : check('client-id', 'note', 'client-id-differs', params);
}
