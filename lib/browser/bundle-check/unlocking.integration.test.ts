import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLeafIssuer, type IssuedLeaf, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { fileStem } from '@/lib/pki/bundle-names';
import type { Bytes } from '@/lib/pki/bytes';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { sha256Hex } from '@/lib/pki/digest';
import { encryptPkcs8 } from '@/lib/pki/encrypted-pkcs8';
import { deviceFiles } from '@/lib/pki/formats/device-files';
import type { DeviceFormat } from '@/lib/pki/formats/device-format';
import { PKCS12_MACS, type Pkcs12Request, writePkcs12 } from '@/lib/pki/formats/pkcs12';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import { printPem } from '@/lib/pki/pem';
import { expectOk } from '@/lib/testing/expect-ok';
import { OpenSsl } from '@/lib/testing/openssl';
import type { Passphrases, UnlockedDevices } from './bundle-check.protocol';
import { BundleChecks } from './bundle-checks';

const context = { crypto, now: new Date() };
const PASSPHRASE = 'correct horse ß';
const COMMON: Passphrases = { kind: 'common', passphrase: PASSPHRASE };
const openSsl = new OpenSsl();
afterAll(() => openSsl[Symbol.dispose]());

type Device = {
  commonName: string;
  serialNumber: string;
  certificateId: string;
  stem: string;
  leaf: Pick<IssuedLeaf, 'certificate'> & { key: Bytes };
};

let ca: Awaited<ReturnType<typeof makeCa>>;
let otherCa: typeof ca;
let devices: [Device, Device, Device];

async function makeCa() {
  const keys = await generateKeyPair('P-256', crypto);
  const made = await issueCaCertificate({ subject: { commonName: 'CA' }, validityDays: 30, keys }, context);
  const { pem, der } = expectOk(made);
  return { caPem: pem, der, caKey: keys.privateKey, validityDays: 20 };
}

beforeAll(async () => {
  [ca, otherCa] = [await makeCa(), await makeCa()];
  const issuer = expectOk(await createLeafIssuer({ ...ca, algorithm: 'P-256' }, context));
  const make = async (commonName: string): Promise<Device> => {
    const { key, certificate } = await issuer.issue({ commonName }, await makeDeviceKey('P-256', crypto));
    const certificateId = sha256Hex(certificate);
    openSsl.write('leaf.pem', printPem('CERTIFICATE', certificate));
    const serialNumber = openSsl.run('x509 -in leaf.pem -noout -serial').trim().slice('serial='.length);
    const stem = fileStem(commonName, certificateId);
    const leaf = { certificate, key: key ?? new Uint8Array() };
    return { commonName, serialNumber: serialNumber.toLowerCase(), certificateId, stem, leaf };
  };
  devices = [await make('pump-1'), await make('pump-2'), await make('pump-3')];
});

type MadeFiles = Record<string, Bytes | string>;

/** As the console makes them. */
async function filesOf(
  { commonName: thingName, stem, leaf }: Device,
  formats: readonly DeviceFormat[],
  { passphrase = PASSPHRASE, pkcs12Mac = 'SHA-256' as Pkcs12Request['mac'] } = {},
): Promise<MadeFiles> {
  const made = await deviceFiles(
    { ...leaf, thingName, stem, passphrase },
    { issuers: [ca.der], serverRootPem: 'root\n', serverRootName: 'r', host: 'localhost', port: 8883 },
    { formats, pkcs12Mac, deviceClientDirectory: '/etc' },
    crypto,
  );
  return Object.fromEntries(made.map(({ name, content }) => [name, content]));
}

/** With another key, or other certificates, than the device's. */
const pkcs12Of = ({ stem, leaf, commonName }: Device, other: Partial<Pkcs12Request>) =>
  writePkcs12(
    {
      key: leaf.key,
      certificates: [leaf.certificate, ca.der],
      friendlyName: commonName,
      passphrase: PASSPHRASE,
      iterations: 2048,
      mac: 'SHA-256',
      ...other,
    },
    crypto,
  ).then((content): MadeFiles => ({ [`${stem}.p12`]: content }));

/** A batch of what is given for each device, checked up to where its files can be opened. */
async function checked(made: readonly MadeFiles[], list?: string) {
  const checks = new BundleChecks();
  const contents = made.map((files) =>
    Object.entries(files).map(([path, content]) => ({ path, bytes: Uint8Array.from(Buffer.from(content)) })),
  );
  const lines = contents.map((files, index) => {
    const { commonName, serialNumber, certificateId } = devices[index] ?? devices[0];
    const digests = files.map(({ path: name, bytes }) => ({ name, sha256: sha256Hex(bytes) }));
    return `${JSON.stringify({ commonName, serialNumber, certificateId, files: digests })}\n`;
  });
  const files = [
    ...contents.flat().map(({ path, bytes }) => ({ path, file: new Blob([bytes]) })),
    { path: 'manifest.jsonl', file: new Blob(lines) },
    ...(list === undefined ? [] : [{ path: 'passphrases.csv', file: new Blob([list]) }]),
  ];
  const opened = expectOk(await checks.open({ source: { kind: 'folder', files } }, context));
  const against = { caPem: ca.caPem, templateBody: undefined };
  const { check } = opened;
  const some = expectOk(await checks.next({ check, against, devicesMax: 9 }, context));
  expectOk(await checks.next({ check, against, devicesMax: 9 }, context));
  expect(expectOk(await checks.end({ check })).unlisted).toEqual([]);
  return { checks, check, opened, some };
}

async function unlocked(
  { checks, check }: Awaited<ReturnType<typeof checked>>,
  passphrases: Passphrases = COMMON,
  devicesMax = 9,
) {
  const begun = await checks.beginUnlock({ check, passphrases, devicesMax }, context);
  if (!begun.ok) return begun.failure.kind;
  const steps: UnlockedDevices[] = [];
  for (;;) {
    const step = expectOk(await checks.unlock({ check, devicesMax: 1 }));
    if (step === null) break;
    steps.push(step);
  }
  const sum = (of: (step: UnlockedDevices) => number) => steps.reduce((total, step) => total + of(step), 0);
  expect(sum((step) => step.devices)).toBe(begun.value.devices);
  return {
    devices: begun.value.devices,
    opened: sum((step) => step.opened),
    keysMatching: sum((step) => step.keysMatching),
    certificates: sum((step) => step.certificates),
    signatures: sum((step) => step.signatures),
    faults: steps.flatMap(({ faulty }) => faulty.map(({ line, fault }) => `${line} ${fault.kind}`)),
  };
}

const all = (of: (device: Device) => Promise<MadeFiles>) => Promise.all(devices.map(of));
const GOOD = { devices: 3, opened: 3, keysMatching: 3, faults: [] };

describe('a batch under a passphrase', () => {
  it.each(PKCS12_MACS)(
    'is opened with it where it is PKCS #12 with HMAC-%s, certificates beside it',
    async (pkcs12Mac) => {
      const batch = await checked(await all((device) => filesOf(device, ['pkcs12', 'der'], { pkcs12Mac })));
      expect(batch.some).toMatchObject({ keysLocked: 3, certificates: 3 });
      expect(await unlocked(batch)).toEqual({ ...GOOD, certificates: 3, signatures: 0 });
    },
  );

  it('is opened with it where its keys are encrypted', async () => {
    const batch = await checked([await filesOf(devices[0], ['encrypted-key'])]);
    expect(batch.some).toMatchObject({ keysLocked: 1, keysMatching: 0, certificates: 1 });
    expect(await unlocked(batch)).toMatchObject({ opened: 1, keysMatching: 1, certificates: 0, faults: [] });
  }, 30_000);

  it('of PKCS #12 alone has its certificates judged when it is opened', async () => {
    const batch = await checked(await all((device) => filesOf(device, ['pkcs12'])));
    expect(batch.some).toMatchObject({ keysLocked: 3, certificates: 0 });
    expect(await unlocked(batch)).toEqual({ ...GOOD, certificates: 3, signatures: 3 });
  });

  it('is opened as well where OpenSSL encrypted it', async () => {
    openSsl.write('ca.pem', ca.caPem);
    const options = ['', '-macalg sha1', '-keypbe AES-128-CBC -certpbe AES-128-CBC'];
    const made = devices.map(({ stem, leaf }, index) => {
      openSsl.write('leaf.pem', printPem('CERTIFICATE', leaf.certificate));
      openSsl.write('leaf.key', printPem('PRIVATE KEY', leaf.key));
      openSsl.shell(
        [
          `openssl pkcs12 -export -inkey leaf.key -in leaf.pem -certfile ca.pem ${options[index]} -passout 'pass:${PASSPHRASE}' -out x.p12`,
          `openssl pkcs8 -topk8 -in leaf.key -v2 aes-256-cbc -passout 'pass:${PASSPHRASE}' -out x.key`,
        ].join(' && '),
      );
      return {
        [`${stem}.p12`]: Uint8Array.from(openSsl.readBytes('x.p12')),
        [`${stem}.encrypted.key`]: openSsl.read('x.key'),
      };
    });
    expect(await unlocked(await checked(made))).toEqual({ ...GOOD, certificates: 3, signatures: 3 });
  });

  it('is opened in part where that is asked for: evenly spread, the first and the last among them', async () => {
    const batch = await checked(
      await all((device) => filesOf(device, ['pkcs12'], { passphrase: device.commonName })),
    );
    const passphrases: Passphrases = { kind: 'common', passphrase: 'pump-1' };
    expect(await unlocked(batch, passphrases, 1)).toMatchObject({ devices: 1, opened: 1, faults: [] });
    expect(await unlocked(batch, passphrases, 2)).toMatchObject({
      devices: 2,
      opened: 1,
      faults: ['3 passphrase-wrong'],
    });
  });

  it('under another passphrase says so before it goes through all of it, and of the one that has another', async () => {
    const batch = await checked(await all((device) => filesOf(device, ['pkcs12'])));
    expect(await unlocked(batch, { kind: 'common', passphrase: 'wrong horse' })).toBe('passphrase-wrong');
    expect(await unlocked(batch)).toMatchObject(GOOD);
    const [first, second, third] = devices;
    const mixed = await checked([
      await filesOf(first, ['pkcs12']),
      await filesOf(second, ['pkcs12'], { passphrase: 'another horse' }),
      await filesOf(third, ['pkcs12']),
    ]);
    expect(await unlocked(mixed)).toMatchObject({
      opened: 2,
      faults: ['2 passphrase-wrong'],
    });
  });
});

describe('a batch with a passphrase for each device', () => {
  const made = () =>
    all((device) => filesOf(device, ['pkcs12'], { passphrase: `own, "${device.commonName}"` }));
  const row = ({ commonName, certificateId }: Device) =>
    `"${commonName}, of line ""3""",${certificateId},"own, ""${commonName}"""\n`;
  const list = (rows: readonly Device[]) => `commonName,certificateId,passphrase\n${rows.map(row).join('')}`;

  it('is opened with the list that lies in it', async () => {
    const batch = await checked(await made(), list(devices.toReversed()));
    expect(batch.opened.hasPassphrases).toBe(true);
    expect(await unlocked(batch, { kind: 'own', list: undefined })).toMatchObject(GOOD);
  });

  it('is opened with the list that came on another way, and tells whom it leaves out', async () => {
    const batch = await checked(await made());
    expect(batch.opened.hasPassphrases).toBe(false);
    expect(await unlocked(batch, { kind: 'own', list: undefined })).toBe('passphrases-unreadable');
    expect(await unlocked(batch, { kind: 'own', list: new Blob(['\u0000']) })).toBe('passphrases-unreadable');
    const short = new Blob([list(devices.slice(1))]);
    expect(await unlocked(batch, { kind: 'own', list: short })).toMatchObject({
      opened: 2,
      faults: ['1 passphrase-missing'],
    });
  });
});

describe('what stands in a locked file is found out', () => {
  const [FIRST, NEXT] = [0, 1] as const;
  it.each([
    [
      'when the key in PKCS #12 is another device’s',
      async () => pkcs12Of(devices[FIRST], { key: devices[NEXT].leaf.key }),
      ['1 key-differs'],
    ],
    [
      'when an encrypted key is another device’s',
      async () => ({
        ...(await filesOf(devices[FIRST], ['encrypted-key'])),
        [`${devices[FIRST].stem}.encrypted.key`]: await encryptPkcs8(
          devices[NEXT].leaf.key,
          PASSPHRASE,
          crypto,
        ),
      }),
      ['1 key-differs'],
    ],
    [
      'when the certificate in PKCS #12 is another device’s, though the key is its own',
      async () => ({
        ...(await filesOf(devices[FIRST], ['pem'])),
        ...(await pkcs12Of(devices[FIRST], { certificates: [devices[NEXT].leaf.certificate, ca.der] })),
      }),
      ['1 certificate-differs'],
    ],
    [
      'when PKCS #12 has no chain',
      async () => pkcs12Of(devices[FIRST], { certificates: [devices[FIRST].leaf.certificate] }),
      ['1 chain-differs'],
    ],
    [
      'when PKCS #12 has another chain than the file beside it',
      async () => ({
        ...(await filesOf(devices[FIRST], ['pem'])),
        ...(await pkcs12Of(devices[FIRST], { certificates: [devices[FIRST].leaf.certificate, otherCa.der] })),
      }),
      ['1 chain-differs', '1 issuer-differs'],
    ],
    [
      'when it is no such file',
      async () => ({
        [`${devices[FIRST].stem}.p12`]: 'hello',
        [`${devices[FIRST].stem}.encrypted.key`]: 'hello',
      }),
      ['1 locked-unreadable', '1 locked-unreadable'],
    ],
    [
      'when a key that should be encrypted is not',
      async () => ({
        [`${devices[FIRST].stem}.encrypted.key`]: printPem('PRIVATE KEY', devices[FIRST].leaf.key),
      }),
      ['1 locked-unreadable'],
    ],
  ])('%s', async (_, make, faults) => {
    const batch = await checked([await make()]);
    expect(await unlocked(batch)).toMatchObject({ faults });
  });

  it('and in no order of the certificates taken for another chain', async () => {
    const files = {
      ...(await filesOf(devices[FIRST], ['pem'])),
      ...(await pkcs12Of(devices[FIRST], { certificates: [ca.der, devices[FIRST].leaf.certificate] })),
    };
    expect(await unlocked(await checked([files]))).toMatchObject({ opened: 1, keysMatching: 1, faults: [] });
  });
});
