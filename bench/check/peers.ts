/**
 * What people do without a console: a script that compares the digests of an archive with its manifest, and a loop of OpenSSL that
 * verifies certificates and compares their keys.
 * @module
 */
import { execFileSync } from 'node:child_process';

/** The digests of all files as the manifest has them, and nothing else. */
const DIGESTS = `
import hashlib, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
for line in archive.open('manifest.jsonl'):
    for file in json.loads(line)['files']:
        if hashlib.sha256(archive.read(file['name'])).hexdigest() != file['sha256']:
            sys.exit(file['name'])
`;

/** @returns devices per second */
export function pythonDigests(file: string, devices: number): number {
  const began = performance.now();
  execFileSync('python3', ['-c', DIGESTS, file]);
  return (devices * 1000) / (performance.now() - began);
}

/** Of the first devices, into a directory of their own; not measured. */
const UNPACK = `
unzip -Z1 "$1" '*.key' | head -n "$2" | sed 's/[.]key$/*/' > names
unzip -q -o "$1" $(cat names) -d unpacked`;

/** Digests, the chain's signature, and whether the key is the certificate's, one process each. */
const LOOP = `
for key in unpacked/*/*.key; do
  stem="\${key%.key}"
  openssl dgst -sha256 -r "$key" "$stem.crt" "$stem-chain.crt"
  openssl verify -CAfile ca.pem "$stem-chain.crt"
  openssl pkey -in "$key" -pubout > a
  openssl x509 -in "$stem.crt" -noout -pubkey > b
  cmp a b
done`;

/** @param directory with ca.pem. @returns devices per second */
export function shellLoop(directory: string, file: string, devices: number): number {
  const run = (script: string) =>
    execFileSync('sh', ['-ec', script, 'sh', file, String(devices)], { cwd: directory, stdio: 'pipe' });
  run(UNPACK);
  const began = performance.now();
  run(LOOP);
  return (devices * 1000) / (performance.now() - began);
}
