import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** OpenSSL in a directory of its own, which is gone after the test. Commands are written as in a manual. */
export class OpenSsl implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), 'openssl-'));

  /** `run('req -new -key a.key -subj /CN=x')`: words are split at blanks; a failing command throws with its stderr. */
  run(command: string): string {
    return this.execute(command.split(' '));
  }

  /** For words that contain blanks. */
  execute(words: string[]): string {
    return execFileSync('openssl', words, { cwd: this.#directory, stdio: 'pipe' }).toString();
  }

  /** Runs a line as people paste it. */
  shell(line: string): string {
    return execFileSync('sh', ['-c', line], { cwd: this.#directory, stdio: 'pipe' }).toString();
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.#directory, name), content);
  }

  read(name: string): string {
    return readFileSync(join(this.#directory, name), 'utf8');
  }

  /** Where a file of this directory lies, for programs that run elsewhere. */
  path(name: string): string {
    return join(this.#directory, name);
  }

  readBytes(name: string): Uint8Array {
    return Uint8Array.from(readFileSync(join(this.#directory, name)));
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
