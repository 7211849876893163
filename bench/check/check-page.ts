/**
 * The page of the bench: the console's own worker checks an archive as the console's page has it do, only that no ledger is asked.
 * @module
 */
import type { CheckedDevices, UnlockedDevices } from '@/lib/browser/bundle-check/bundle-check.protocol';
import { createPkiClient } from '@/lib/browser/pki-client';
import type { Result } from '@/lib/result';

export type CheckRequest = { caPem: string; passphrase: string };

export type Checked = {
  devices: number;
  devicesPerSecond: number;
  /** Until the manifest is read: directory, digest, lines. */
  openedAfterMs: number;
  /** For which the page's own thread did not answer. */
  pauseMsMax: number;
  /** Devices whose files under a passphrase were opened, in a second; undefined where there are none. */
  unlockedPerSecond: number | undefined;
};

/** As the console's page asks for them. */
const DEVICES_AT_ONCE = 100;
const UNLOCKED_AT_ONCE = 4;
const TICK_MS = 5;

/** As in AWS's guide: thing by name, certificate, policy. */
const TEMPLATE = JSON.stringify({
  Parameters: {
    'AWS::IoT::Certificate::CommonName': { Type: 'String' },
    'AWS::IoT::Certificate::Id': { Type: 'String' },
  },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: { ThingName: { Ref: 'AWS::IoT::Certificate::CommonName' } },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'devices' } },
  },
});

Object.assign(globalThis, { bench: { check } });

async function check({ caPem, passphrase }: CheckRequest): Promise<Checked> {
  const archive = document.querySelector('input')?.files?.[0];
  if (archive === undefined) throw new Error('no archive');
  const pki = createPkiClient(() => new Worker('/pki.worker.js', { type: 'module' }));
  const pause = watchPauses();
  try {
    const against = { caPem, templateBody: TEMPLATE };
    const began = performance.now();
    const opened = expectOk(await pki.call('openBundleCheck', { source: { kind: 'archive', archive } }));
    const openedAfterMs = performance.now() - began;
    const { check: name } = opened;
    let keysLocked = 0;
    for (let devices = 0; devices < opened.devices; ) {
      const some = await pki.call('checkDevices', { check: name, against, devicesMax: DEVICES_AT_ONCE });
      const checked = faultless(expectOk(some));
      if (checked.templates < checked.certificates) throw new Error('the template was not looked at');
      if (checked.certificates + checked.keysLocked < checked.devices)
        throw new Error('certificates are missing');
      devices += checked.devices;
      keysLocked += checked.keysLocked;
    }
    const rest = expectOk(await pki.call('endBundleCheck', { check: name }));
    if (rest.unlistedCount > 0 || rest.isTableEqual !== true) throw new Error('the archive is not whole');
    const devicesPerSecond = (opened.devices * 1000) / (performance.now() - began);
    const unlockBegan = performance.now();
    if (keysLocked > 0) {
      const passphrases = { kind: 'common', passphrase } as const;
      expectOk(await pki.call('beginUnlock', { check: name, passphrases, devicesMax: keysLocked }));
      for (let devices = 0; devices < keysLocked; ) {
        const some = await pki.call('unlockDevices', { check: name, devicesMax: UNLOCKED_AT_ONCE });
        devices += faultless(expectOk(some)).devices;
      }
    }
    return {
      devices: opened.devices,
      devicesPerSecond,
      openedAfterMs,
      pauseMsMax: pause.end(),
      unlockedPerSecond:
        keysLocked === 0 ? undefined : (keysLocked * 1000) / (performance.now() - unlockBegan),
    };
  } finally {
    pki.terminate();
  }
}

function watchPauses(): { end(): number } {
  let last = performance.now();
  let most = 0;
  const look = () => {
    most = Math.max(most, performance.now() - last - TICK_MS);
    last = performance.now();
  };
  const timer = setInterval(look, TICK_MS);
  return {
    end() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

function faultless<Sums extends CheckedDevices | UnlockedDevices>(sums: Sums | null): Sums {
  if (sums === null) throw new Error('fewer devices than the manifest has lines');
  const [first] = sums.faulty;
  if (first !== undefined) throw new Error(`line ${first.line}: ${first.fault.kind}`);
  return sums;
}

function expectOk<Value>(result: Result<Value, { kind: string }>): Value {
  if (!result.ok) throw new Error(`the worker refused: ${result.failure.kind}`);
  return result.value;
}
