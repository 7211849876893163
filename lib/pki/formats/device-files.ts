/**
 * All files of one device, as its bundle and every batch hold them.
 * @module
 */
import { type Bytes, joinBytes } from '@/lib/pki/bytes';
import { encryptPkcs8 } from '@/lib/pki/encrypted-pkcs8';
import { pemBytes } from '@/lib/pki/pem';
import type { DeviceFormat, FormatChoice } from './device-format';
import {
  cHeader,
  deviceClientConfig,
  espIdfNvs,
  type FirmwareFiles,
  type FirmwareParts,
  zephyrHeader,
} from './firmware';
import { writePkcs7 } from './pkcs7';
import { PKCS12_ITERATIONS_MIN, writePkcs12 } from './pkcs12';

/** `isSecret` where the private key is in it, encrypted or not. */
export type DeviceFile = { name: string; content: Bytes; isSecret: boolean };

/** What every device of a batch shares. */
export type DeviceSurroundings = {
  /** Issuers from the device's own upwards, DER; the leaf is put before them. */
  issuers: readonly Bytes[];
  serverRootPem: string;
  /** Where the server's root lies as seen from the device's files. */
  serverRootName: string;
  host: string;
  port: number;
};

export type DeviceCredentials = {
  /** PKCS#8 in the clear; undefined where the device keeps its own key. */
  key: Bytes | undefined;
  certificate: Bytes;
  thingName: string;
  /** The beginning of every file name. */
  stem: string;
  /** Of the formats that are encrypted; undefined where none is asked for. */
  passphrase: string | undefined;
};

const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder() };

/** @returns the files in the order of the formats, each name once; of a device that keeps its own key those without one */
export async function deviceFiles(
  device: DeviceCredentials,
  surroundings: DeviceSurroundings,
  choice: FormatChoice,
  crypto: Crypto,
): Promise<DeviceFile[]> {
  const chain = [device.certificate, ...surroundings.issuers] as const;
  const issuers = issuersPem(surroundings.issuers);
  const chainPem = pemBytes('CERTIFICATE', device.certificate, issuers);
  const leafPem = chainPem.subarray(0, chainPem.length - issuers.length);
  const basis = { device, surroundings, choice, crypto, chain, leafPem, chainPem };
  const files = new Map<string, DeviceFile>();
  for (const format of choice.formats) {
    const withKey = device.key === undefined ? [] : await WITH_KEY[format]?.({ ...basis, key: device.key });
    for (const { suffix, content, isSecret = false } of [
      ...(WITHOUT_KEY[format]?.(basis) ?? []),
      ...(withKey ?? []),
    ]) {
      const name = `${device.stem}${suffix}`;
      const bytes = typeof content === 'string' ? utf8.encoder.encode(content) : content;
      files.set(name, { name, content: bytes, isSecret });
    }
  }
  return [...files.values()];
}

const issuersPems = new WeakMap<readonly Bytes[], Bytes>();

/** The same for all devices of a batch, so it is printed once. */
function issuersPem(issuers: readonly Bytes[]): Bytes {
  const known = issuersPems.get(issuers);
  if (known !== undefined) return known;
  const pem = joinBytes(issuers.map((der) => pemBytes('CERTIFICATE', der)));
  issuersPems.set(issuers, pem);
  return pem;
}

type Basis = {
  device: DeviceCredentials;
  surroundings: DeviceSurroundings;
  choice: FormatChoice;
  crypto: Crypto;
  /** Leaf first. */
  chain: readonly [Bytes, ...Bytes[]];
  leafPem: Bytes;
  chainPem: Bytes;
};
type Made = { suffix: string; content: Bytes | string; isSecret?: boolean };
type WithKey = Basis & { key: Bytes };

const CHAIN_SUFFIX = '-chain.crt';
const KEY_SUFFIX = '.key';

const WITHOUT_KEY: Partial<Record<DeviceFormat, (basis: Basis) => Made[]>> = {
  pem: certificatePems,
  'encrypted-key': certificatePems,
  pkcs7: ({ chain }) => [{ suffix: '.p7b', content: writePkcs7(chain) }],
  der: ({ device }) => [{ suffix: '.cer', content: device.certificate }],
};

const WITH_KEY: Partial<Record<DeviceFormat, (basis: WithKey) => Made[] | Promise<Made[]>>> = {
  pem: ({ key }) => [keyPem(key)],
  der: ({ key }) => [{ suffix: '.key.der', content: key, isSecret: true }],
  'encrypted-key': async ({ key, device, crypto }) => [
    {
      suffix: '.encrypted.key',
      content: await encryptPkcs8(key, required(device.passphrase), crypto),
      isSecret: true,
    },
  ],
  pkcs12: async ({ key, device, chain, choice, crypto }) => [
    { suffix: '.p12', content: await pkcs12({ key, device, chain, choice }, crypto), isSecret: true },
  ],
  'c-header': (basis) => [{ suffix: '.h', content: cHeader(firmwareParts(basis)), isSecret: true }],
  zephyr: (basis) => [{ suffix: '-zephyr.h', content: zephyrHeader(firmwareParts(basis)), isSecret: true }],
  // These two name files beside them, so the files come along.
  'esp-idf-nvs': (basis) => [
    keyPem(basis.key),
    { suffix: CHAIN_SUFFIX, content: basis.chainPem },
    { suffix: '-nvs.csv', content: espIdfNvs(firmwareParts(basis), namesBeside(basis)) },
  ],
  'device-client': (basis) => [
    keyPem(basis.key),
    { suffix: CHAIN_SUFFIX, content: basis.chainPem },
    { suffix: '-device-client.json', content: clientConfig(basis) },
  ],
};

function certificatePems({ leafPem, chainPem }: Basis): Made[] {
  return [
    { suffix: '.crt', content: leafPem },
    { suffix: CHAIN_SUFFIX, content: chainPem },
  ];
}

function keyPem(key: Bytes): Made {
  return { suffix: KEY_SUFFIX, content: pemBytes('PRIVATE KEY', key), isSecret: true };
}

function pkcs12(
  { key, device, chain, choice }: Pick<WithKey, 'key' | 'device' | 'chain' | 'choice'>,
  crypto: Crypto,
) {
  const request = {
    key,
    certificates: chain,
    friendlyName: device.thingName,
    passphrase: required(device.passphrase),
    iterations: PKCS12_ITERATIONS_MIN,
    mac: choice.pkcs12Mac,
  };
  return writePkcs12(request, crypto);
}

function firmwareParts({ device, surroundings, chainPem, key }: WithKey): FirmwareParts {
  const { serverRootPem, host, port } = surroundings;
  return {
    chainPem: utf8.decoder.decode(chainPem),
    serverRootPem,
    host,
    port,
    thingName: device.thingName,
    keyPem: utf8.decoder.decode(pemBytes('PRIVATE KEY', key)),
  };
}

function namesBeside({ device, surroundings }: Basis): FirmwareFiles {
  const { stem } = device;
  return { key: stem + KEY_SUFFIX, chain: stem + CHAIN_SUFFIX, serverRoot: surroundings.serverRootName };
}

/** On the device all files lie in one directory, whatever the folders here. */
function clientConfig(basis: WithKey): string {
  const names = namesBeside(basis);
  const serverRoot = names.serverRoot.replace(/^.*\//, '');
  return deviceClientConfig(
    firmwareParts(basis),
    { ...names, serverRoot },
    basis.choice.deviceClientDirectory,
  );
}

function required(passphrase: string | undefined): string {
  if (passphrase === undefined) throw new Error('an encrypted format without a passphrase');
  return passphrase;
}
