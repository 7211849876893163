import { closeSync, openSync, writeSync } from 'node:fs';
import { ZipWriter } from '@/lib/browser/archive/zip-writer';
import { MANIFEST_CSV_HEADER, manifestRows } from '@/lib/browser/batch/batch-manifest';
import { createLeafIssuer, makeDeviceKey } from '@/lib/pki/bulk/leaf-issuer';
import { fileStem } from '@/lib/pki/bundle-names';
import { issueCaCertificate } from '@/lib/pki/ca-certificate';
import { readLeaf } from '@/lib/pki/check-bundle/read-leaf';
import { sha256Hex } from '@/lib/pki/digest';
import { deviceFiles } from '@/lib/pki/formats/device-files';
import type { DeviceFormat } from '@/lib/pki/formats/device-format';
import { generateKeyPair } from '@/lib/pki/key-algorithm';
import type { Result } from '@/lib/result';

export type ArchiveRequest = {
  file: string;
  devices: number;
  formats: readonly DeviceFormat[];
  passphrase: string;
};

/** A batch of P-256 devices under a P-256 CA, as the console saves it. @returns the CA's certificate */
export async function makeArchive({ file, devices, formats, passphrase }: ArchiveRequest): Promise<string> {
  const now = new Date();
  const keys = await generateKeyPair('P-256', crypto);
  const subject = { commonName: 'Bench CA' };
  const ca = expectOk(await issueCaCertificate({ subject, validityDays: 3650, keys }, { crypto, now }));
  const issuer = expectOk(
    await createLeafIssuer(
      { caPem: ca.pem, caKey: keys.privateKey, validityDays: 365, algorithm: 'P-256' },
      { crypto, now },
    ),
  );
  const surroundings = {
    issuers: [ca.der],
    serverRootPem: 'root\n',
    serverRootName: '../server-root.pem',
    host: 'localhost',
    port: 8883,
  };
  const choice = { formats, pkcs12Mac: 'SHA-256', deviceClientDirectory: '/etc/aws-iot' } as const;
  const output = openSync(file, 'w');
  let written = Promise.resolve();
  const zip = new ZipWriter((part) => {
    written = written.then(async () => {
      writeSync(output, part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : part);
    });
  }, now);
  const lines: string[] = [];
  const table = [MANIFEST_CSV_HEADER];
  for (let index = 1; index <= devices; index += 1) {
    const commonName = `pump-${index}`;
    const { key, certificate } = await issuer.issue({ commonName }, await makeDeviceKey('P-256', crypto));
    const certificateId = sha256Hex(certificate);
    const stem = fileStem(commonName, certificateId);
    const device = { key, certificate, thingName: commonName, stem, passphrase };
    const made = await deviceFiles(device, surroundings, choice, crypto);
    const files = made.map(({ name, content }) => {
      zip.add({ name: `${stem}/${name}`, content });
      return { name: `${stem}/${name}`, sha256: sha256Hex(content) };
    });
    const listed = { commonName, serialNumber: readLeaf(certificate)?.serialHex ?? '', certificateId, files };
    lines.push(`${JSON.stringify(listed)}\n`);
    table.push(manifestRows(listed));
  }
  zip.add({ name: 'server-root.pem', content: Buffer.from(surroundings.serverRootPem) });
  zip.add({ name: 'manifest.jsonl', content: Buffer.from(lines.join('')) });
  zip.add({ name: 'manifest.csv', content: Buffer.from(table.join('')) });
  zip.end();
  await written;
  closeSync(output);
  return ca.pem;
}

function expectOk<Value>(result: Result<Value, { kind: string }>): Value {
  if (!result.ok) throw new Error(`refused: ${result.failure.kind}`);
  return result.value;
}
