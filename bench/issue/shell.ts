/**
 * What people do without a console: the steps of AWS's article, one OpenSSL process each, in a loop of a shell. With P-256 the key is
 * made by `ecparam` instead of `genrsa`; everything else stays.
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { KeyAlgorithm } from '@/lib/pki/key-algorithm';

export type ShellAlgorithm = Extract<KeyAlgorithm, 'RSA-2048' | 'P-256'>;

const MAKE_KEY: Record<ShellAlgorithm, (file: string) => string> = {
  'RSA-2048': (file) => `openssl genrsa -out ${file} 2048`,
  'P-256': (file) => `openssl ecparam -name prime256v1 -genkey -noout -out ${file}`,
};

export class Shell {
  readonly #directory = mkdtempSync(path.join(tmpdir(), 'bench-issue-'));
  readonly #algorithm: ShellAlgorithm;

  constructor(algorithm: ShellAlgorithm) {
    this.#algorithm = algorithm;
    this.#run(`${MAKE_KEY[algorithm]('ca.key')}
openssl req -x509 -new -key ca.key -subj /C=IN/O=AMZ -days 3650 -sha256 -out ca.pem`);
  }

  /** @returns devices per second */
  issue(devices: number): number {
    const began = performance.now();
    this.#run(`i=0
while [ $i -lt ${devices} ]; do
  i=$((i + 1))
  ${MAKE_KEY[this.#algorithm]('$i.key')}
  openssl req -new -key $i.key -subj /C=IN/CN=pump-$i -out $i.csr
  openssl x509 -req -in $i.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $i.crt -days 365 -sha256
  cat $i.crt ca.pem > $i-chain.crt
done`);
    return (devices * 1000) / (performance.now() - began);
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #run(script: string): void {
    execFileSync('sh', ['-ec', script], { cwd: this.#directory, stdio: 'ignore' });
  }
}
