/**
 * The files of a batch on their way out of the browser: device after device, then what all of them share.
 * @module
 */
import type { ZipEntry } from '@/lib/browser/archive/zip-writer';
import { fileStem } from '@/lib/pki/bundle-names';
import { toHex } from '@/lib/pki/bytes';
import { certificateId as certificateIdOf } from '@/lib/pki/certificate-id';
import { readHeader } from '@/lib/pki/der';
import { type DeviceSurroundings, deviceFiles } from '@/lib/pki/formats/device-files';
import { type FormatChoice, PASSPHRASE_FORMATS } from '@/lib/pki/formats/device-format';
import type { BatchEnd, PassphraseListPlace } from './batch.protocol';
import { BatchManifest, MANIFEST_CSV_NAME, MANIFEST_NAME } from './batch-manifest';
import type { BatchSink } from './batch-sink';
import { csvRow } from './csv-row';
import type { NameDevice } from './device-names';
import { type IssuedDevice, unpackChunk } from './issued-chunk';

export const SERVER_ROOT_NAME = 'server-root.pem';
/** For who verifies a device; no device sends it, and none trusts a server by it. */
export const CA_ROOT_NAME = 'device-ca-root.pem';
export const README_NAME = 'README.txt';
/** Where devices connect, for a script on the line: JSON with `endpoint` and `port`, as in a device bundle's manifest, and `serverRoot`. */
export const ENDPOINT_NAME = 'endpoint.json';
export const PASSPHRASES_NAME = 'passphrases.csv';

export type BatchOutputPlan = {
  choice: FormatChoice;
  /** A folder for each device, or all files side by side; every name has the device's in it either way. */
  layout: 'folders' | 'flat';
  /** One for all devices; undefined where each has its own or no format needs one. */
  passphrase: string | undefined;
  /** Of those with one each. Beside the files it would open all of them for whoever has these. */
  passphraseList: PassphraseListPlace;
  surroundings: Omit<DeviceSurroundings, 'serverRootName'>;
  /** The root above the CA; undefined where the CA is the root or it is not known. */
  caRootPem: string | undefined;
  names: NameDevice;
  /** In the person's language. */
  readme: string;
};

/** The files of this device cannot be made: nothing that disk or folder could help. */
export class DeviceFilesFault extends Error {
  readonly commonName: string;

  constructor(commonName: string, cause: unknown) {
    super('the files of a device cannot be made', { cause });
    this.commonName = commonName;
  }
}

export class BatchOutput {
  readonly #plan: BatchOutputPlan;
  readonly #sink: BatchSink;
  readonly #crypto: Crypto;
  readonly #surroundings: DeviceSurroundings;
  readonly #manifest: BatchManifest;
  readonly #passphrases: string[] = [];
  #devices = 0;

  constructor(plan: BatchOutputPlan, sink: BatchSink, crypto: Crypto) {
    this.#plan = plan;
    this.#sink = sink;
    this.#crypto = crypto;
    this.#manifest = new BatchManifest(crypto);
    const serverRootName = plan.layout === 'folders' ? `../${SERVER_ROOT_NAME}` : SERVER_ROOT_NAME;
    this.#surroundings = { ...plan.surroundings, serverRootName };
  }

  /**
   * All files of the devices of one chunk. Chunks may come in any order, each once.
   * @param chunk as packed; its keys are overwritten
   */
  async write(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    const devices = unpackChunk(chunk);
    for (const device of devices) {
      await this.#writeDevice(device);
      device.key?.fill(0);
    }
  }

  /**
   * What all devices share, and the end of the archive.
   * @returns its digest for the ledger, the archive where it is in memory, and the passphrases where they go apart
   */
  async end(note = ''): Promise<BatchEnd> {
    const { lines, table, sha256 } = this.#manifest.end();
    await this.#put(SERVER_ROOT_NAME, utf8(this.#plan.surroundings.serverRootPem));
    if (this.#plan.caRootPem !== undefined) await this.#put(CA_ROOT_NAME, utf8(this.#plan.caRootPem));
    const { host: endpoint, port } = this.#plan.surroundings;
    const place = { endpoint, port, serverRoot: SERVER_ROOT_NAME };
    await this.#put(ENDPOINT_NAME, utf8(`${JSON.stringify(place, null, 2)}\n`));
    await this.#put(README_NAME, utf8(this.#plan.readme + note));
    const passphrases = await this.#putPassphrases();
    await this.#put(MANIFEST_NAME, lines);
    await this.#put(MANIFEST_CSV_NAME, table);
    const archive = await this.#sink.end();
    return { manifestSha256: sha256, devices: this.#devices, archive, passphrases };
  }

  abort(): Promise<void> {
    return this.#sink.abort();
  }

  async #writeDevice({ index, key, certificate, passphrase: own }: IssuedDevice): Promise<void> {
    const { choice, layout, passphrase: common } = this.#plan;
    const certificateId = await certificateIdOf(certificate, this.#crypto);
    const serialHex = serialNumber(certificate);
    const { commonName, thingName } = this.#plan.names(index, { certificateId, serialHex });
    const stem = fileStem(commonName, certificateId);
    const made = await deviceFiles(
      { key, certificate, thingName, stem, passphrase: own ?? common },
      this.#surroundings,
      choice,
      this.#crypto,
    ).catch((fault: unknown) => {
      throw new DeviceFilesFault(commonName, fault);
    });
    const files = layout === 'flat' ? made : made.map((file) => ({ ...file, name: `${stem}/${file.name}` }));
    await this.#sink.put(files);
    await this.#manifest.add({ commonName, serialNumber: serialHex, certificateId, files });
    const isLocked = choice.formats.some((format) => PASSPHRASE_FORMATS.includes(format));
    if (own !== undefined && isLocked) this.#passphrases.push(csvRow([commonName, certificateId, own]));
    this.#devices += 1;
  }

  async #putPassphrases(): Promise<BatchEnd['passphrases']> {
    if (this.#passphrases.length === 0) return undefined;
    const list = [csvRow(['commonName', 'certificateId', 'passphrase']), ...this.#passphrases].join('');
    if (this.#plan.passphraseList === 'apart') return new Blob([list], { type: 'text/csv' });
    await this.#put(PASSPHRASES_NAME, utf8(list), true);
    return 'inside';
  }

  async #put(name: string, content: ZipEntry['content'], isSecret = false): Promise<void> {
    await this.#sink.put([{ name, content, isSecret }]);
  }
}

/** Of a certificate that was issued here: what follows `[0]` in the TBSCertificate, RFC 5280 §4.1. */
function serialNumber(certificate: Uint8Array): string {
  const contentAt = (at: number) => readHeader(certificate, at)?.contentAt ?? certificate.length;
  const version = readHeader(certificate, contentAt(contentAt(0)));
  const serial = version && readHeader(certificate, version.contentAt + version.length);
  if (serial === undefined) throw new Error('a certificate that was not issued here');
  return toHex(certificate.subarray(serial.contentAt, serial.contentAt + serial.length));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
