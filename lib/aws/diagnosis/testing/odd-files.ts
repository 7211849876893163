/**
 * Files that OpenSSL's `x509` does not make, or that only a person puts together.
 * @module
 */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CertificateMaker, Made } from '@/lib/sandbox/testing/certificate-maker';
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';

/** A CA that has been valid for years; its files lie beside those of the maker. */
export async function agedCa({ directory }: CertificateMaker, commonName: string): Promise<Made> {
  const { pem, der, key } = new CertificateMint(1).ca(commonName, 'ec');
  const certFile = path.join(directory, `${commonName}.pem`);
  const keyFile = path.join(directory, `${commonName}.key`);
  await writeFile(certFile, pem);
  await writeFile(keyFile, key.export({ type: 'pkcs8', format: 'pem' }));
  return { pem, certFile, keyFile, id: createHash('sha256').update(der).digest('hex') };
}

/** The certificates in this order in one file. */
export async function inOneFile(first: Made, second: Made): Promise<Made> {
  const certFile = `${first.certFile}.joined`;
  await writeFile(certFile, first.pem + second.pem);
  return { ...first, certFile };
}

/** A read-me that says how to connect, as it lies beside a device's certificate. */
export async function readMeBeside({ certFile }: Made, line: string): Promise<Pick<Made, 'certFile'>> {
  const file = `${certFile}.txt`;
  await writeFile(file, `Connect with:\n${line}\n`);
  return { certFile: file };
}
