/**
 * A device as a connection needs it, out of the bundle that a person has: a ZIP, a folder, or loose files.
 * @module
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { BUNDLE_BYTES_MAX, openBundle } from '@/lib/browser/open-bundle';
import { type BundleInput, readBundle } from '@/lib/pki/read-bundle';
import { fail, ok, type Result } from '@/lib/result';

export type RehearsedDevice = {
  certificateId: string;
  name: string;
  /** PEM: the leaf, and behind it the CA that signed it where the bundle has it. */
  chainPem: string;
  hasIssuer: boolean;
  key: KeyObject;
  /** PEM: whom the device trusts. */
  serverRoots: readonly string[];
  host: string;
  port: number;
  clientId: string;
};

/** What the command line says in place of the bundle. */
export type Overrides = { host?: string; port?: number; clientId?: string; cafile?: string };

/** AWS IoT's port for MQTT with client certificates. */
const MQTT_PORT = 8883;
/** A bundle is six files; a folder with more is something else. */
const FOLDER_FILES_MAX = 64;

/** @returns a sentence that says what to do when it is no device that could connect */
export async function readDevice(
  paths: readonly string[],
  overrides: Overrides,
): Promise<Result<RehearsedDevice, string>> {
  const files = readFiles(paths);
  if (!files.ok) return files;
  const opened = openBundle(files.value);
  if (!opened.ok) return fail(`The bundle cannot be unpacked (${opened.failure.kind}). Download it again.`);
  const bundle = await readBundle(opened.value, crypto);
  const { leaf, issuer, target } = bundle;
  if (leaf === undefined) return fail('There is no device certificate in it. Name the bundle of one device.');
  const key = keyAmong(opened.value, leaf.pem);
  if (key === undefined) return fail(keySentence(bundle.key));

  const host = overrides.host ?? target.host;
  if (host === undefined) return fail('The bundle does not say where to connect. Add --host and --port.');
  const clientId = overrides.clientId ?? target.clientId ?? leaf.facts.subject.fields.commonName;
  if (clientId === undefined) return fail('The device has no name. Add --client-id.');
  const cafile = overrides.cafile === undefined ? ok(undefined) : readText(overrides.cafile);
  if (!cafile.ok) return cafile;
  const serverRoots = cafile.value === undefined ? bundle.serverRoots.map(({ pem }) => pem) : [cafile.value];
  if (serverRoots.length === 0) {
    return fail('The bundle has no root certificate for the server. Add --cafile with one.');
  }
  return ok({
    certificateId: leaf.facts.certificateId,
    name: leaf.facts.subject.fields.commonName ?? leaf.facts.subject.text,
    chainPem: leaf.pem + (issuer?.pem ?? ''),
    hasIssuer: issuer !== undefined,
    key,
    serverRoots,
    host,
    port: overrides.port ?? target.port ?? MQTT_PORT,
    clientId,
  });
}

function readFiles(paths: readonly string[]): Result<BundleInput[], string> {
  const files: BundleInput[] = [];
  for (const each of paths) {
    try {
      const names = statSync(each).isDirectory()
        ? readdirSync(each).map((name) => path.join(each, name))
        : [each];
      for (const name of names) {
        const { size } = statSync(name);
        if (!statSync(name).isFile()) continue;
        if (size > BUNDLE_BYTES_MAX || files.length >= FOLDER_FILES_MAX) {
          return fail(`${each} is too big for the bundle of one device.`);
        }
        files.push({ name: path.basename(name), bytes: readFileSync(name) });
      }
    } catch {
      return fail(`${each} cannot be read.`);
    }
  }
  return ok(files);
}

function readText(file: string): Result<string, string> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch {
    return fail(`${file} cannot be read.`);
  }
}

/** The key that belongs to the certificate, PEM or DER, whatever its file is called. */
function keyAmong(files: readonly BundleInput[], leafPem: string): KeyObject | undefined {
  const leaf = new X509Certificate(leafPem);
  for (const { bytes } of files) {
    const content = Buffer.from(bytes);
    for (const read of [
      () => createPrivateKey(content),
      () => createPrivateKey({ key: content, format: 'der', type: 'pkcs8' }),
    ]) {
      try {
        const key = read();
        if (leaf.checkPrivateKey(key)) return key;
      } catch {
        // No key, or one that is locked.
      }
    }
  }
  return undefined;
}

function keySentence(key: string): string {
  if (key === 'encrypted') {
    return 'The key is encrypted. Decrypt it where you are (openssl pkey -in device.key -out plain.key), and name that file as well.';
  }
  if (key === 'differs') return "The key in it is another certificate's. Name the device's own key file.";
  return "The device's key is not in it. Name its key file as well.";
}
