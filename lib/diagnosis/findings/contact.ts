/**
 * A device that AWS has never heard of: what goes wrong before or in the handshake leaves no trace in the account, so
 * most of it stays possible until the device's own log speaks.
 * @module
 */
import type { DeviceFacts, Symptom } from '@/lib/diagnosis/facts';
import type { Reading } from '@/lib/diagnosis/finding';
import { knownValue, presentOf } from '@/lib/diagnosis/known';
import { isWayClear, NONE, PROVISIONING_MS_MAX, pendingMs, reading, rules, stageOf } from './reading';

/** Likely where the log says so, possible where nothing else explains the silence. */
function ofSymptom(symptom: Symptom, facts: DeviceFacts, now: Date): readonly Reading[] {
  if (knownValue(facts.given)?.symptom === symptom) return reading('likely', ['given']);
  return isWayClear(facts, now) ? reading('possible', ['certificate', 'ca']) : NONE;
}

/** AWS's older, Symantec-rooted data endpoint lacks `-ats`; today's Amazon roots do not verify it. */
const isLegacyEndpoint = (host: string): boolean => /^[a-z0-9]+\.iot\.[a-z0-9-]+\.amazonaws\.com/.test(host);

export const CONTACT_RULES = rules(
  {
    code: 'endpoint-not-ats',
    mistake: 8,
    rung: 'contact',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['use-ats-endpoint'],
    read({ given, endpoint }) {
      const host = knownValue(given)?.host ?? '';
      if (!isLegacyEndpoint(host)) return NONE;
      const expected = knownValue(endpoint)?.host ?? host.replace('.iot.', '-ats.iot.');
      return reading('likely', ['given', 'endpoint'], { host, expected });
    },
  },
  {
    code: 'server-trust-wrong',
    mistake: 7,
    rung: 'contact',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['use-server-root'],
    read: (facts, now) => ofSymptom('server-not-verified', facts, now),
  },
  {
    code: 'device-clock',
    mistake: 9,
    rung: 'contact',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['set-clock'],
    read: (facts, now) => ofSymptom('certificate-not-yet-valid', facts, now),
  },
  {
    code: 'sdk-sends-one-certificate',
    mistake: 5,
    rung: 'contact',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['update-sdk', 'send-chain-and-sni'],
    read: (facts, now) => ofSymptom('one-certificate-only', facts, now),
  },
  {
    code: 'never-reached',
    mistake: 4,
    rung: 'contact',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['check-network', 'send-chain-and-sni', 'set-clock', 'use-server-root'],
    read(facts, now) {
      // One that was seen and deleted has reached AWS before.
      if (!isWayClear(facts, now) || presentOf(facts.ledger)?.lastSeenState !== undefined) return NONE;
      return reading('likely', ['certificate', 'ca']);
    },
  },
  {
    code: 'leaf-only-without-sni',
    mistake: 4,
    rung: 'contact',
    weight: 'blocks',
    who: 'device-owner',
    remedy: ['send-chain-and-sni'],
    read: (facts, now) => (isWayClear(facts, now) ? reading('possible', ['certificate', 'ca']) : NONE),
  },
  {
    code: 'first-connect-dropped',
    mistake: 1,
    rung: 'active',
    weight: 'expected',
    who: 'device-owner',
    remedy: ['reconnect', 'build-in-retry'],
    read(facts, now) {
      const age = pendingMs(facts, now);
      if (age !== undefined && age < PROVISIONING_MS_MAX) return reading('likely', ['certificate']);
      const connectivity = knownValue(facts.connectivity);
      const isNeverSeen =
        connectivity === 'absent' ||
        (connectivity !== undefined && !connectivity.isConnected && connectivity.changedAt === undefined);
      const isHungUp = knownValue(facts.given)?.symptom === 'hang-up';
      if (stageOf(facts) !== 'active' || !(isNeverSeen || isHungUp)) return NONE;
      return reading('likely', isNeverSeen ? ['certificate', 'connectivity'] : ['certificate', 'given']);
    },
  },
);
