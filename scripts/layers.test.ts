import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Each row plants one line in one file; `rule` is the lint rule that must find it, undefined where the line is allowed. */
const PLANTED = [
  [
    'app/e/things/page.tsx',
    `import { x } from '@/app/e/policies/actions';`,
    'noRestrictedImports',
    'another route',
  ],
  ['app/e/things/list.tsx', `import { x } from '../policies/actions';`, 'noRestrictedImports', 'a way up'],
  ['app/e/vault.tsx', `import { x } from '@/lib/browser/key-vault';`, 'noRestrictedImports', 'app → browser'],
  [
    'app/e/state.ts',
    `import { x } from '@/lib/sandbox/state/store';`,
    'noRestrictedImports',
    'app → sandbox',
  ],
  [
    'app/e/sdk.ts',
    `import { x } from '@aws-sdk/client-iot';`,
    'noRestrictedImports',
    'the SDK outside lib/aws',
  ],
  ['app/e/fine.ts', `import { x } from '@/lib/aws/iot';`, undefined, 'app → server lib'],
  [
    'components/ca/a.tsx',
    `import { x } from '@/lib/aws/iot';`,
    'noRestrictedImports',
    'components → server lib',
  ],
  [
    'components/ca/b.tsx',
    `import type { x } from '@/lib/ledger/row';`,
    'noRestrictedImports',
    'a type counts too',
  ],
  ['components/ca/c.tsx', `import { x } from '@/app/layout';`, 'noRestrictedImports', 'components → app'],
  [
    'components/ca/d.tsx',
    `import { x } from '@/components/entry/form';`,
    'noRestrictedImports',
    'area → area',
  ],
  [
    'components/ca/e.tsx',
    `import { x } from '@/lib/sandbox/scope';`,
    'noRestrictedImports',
    'components → sandbox',
  ],
  ['components/ca/fine.tsx', `import { x } from '@/components/ui/button';`, undefined, 'area → ui'],
  ['components/ui/a.tsx', `import { x } from '@/components/ca/table';`, 'noRestrictedImports', 'ui → area'],
  [
    'components/ui/b.tsx',
    `import { x } from '@/lib/pki/subject';`,
    'noRestrictedImports',
    'ui knows a domain word',
  ],
  ['lib/pki/a.ts', `import { x } from 'node:crypto';`, 'noRestrictedImports', 'pure → Node'],
  ['lib/pki/b.ts', `const x = await import('node:fs');`, 'noRestrictedImports', 'pure → Node, dynamically'],
  ['lib/pki/c.ts', `export { x } from '@/lib/aws/iot';`, 'noRestrictedImports', 'pure → server, re-exported'],
  ['lib/pki/d.ts', `import { x } from '@peculiar/x509';`, 'noRestrictedImports', 'a second door to x509'],
  ['lib/pki/e.ts', `import { x } from 'pkijs';`, 'noRestrictedImports', 'a second door to pkijs'],
  ['lib/pki/x509.ts', `export * from '@peculiar/x509';`, undefined, 'the door itself'],
  ['lib/policy/a.ts', `import { x } from 'react';`, 'noRestrictedImports', 'pure → React'],
  [
    'lib/policy/b.ts',
    `export const x = () => Buffer.from('a');`,
    'noRestrictedGlobals',
    'pure → a global of Node',
  ],
  ['lib/policy/c.ts', `export const x = () => process.env;`, 'noProcessGlobal', 'pure → process'],
  ['lib/provisioning/a.ts', `import { x } from 'next/headers';`, 'noRestrictedImports', 'pure → Next'],
  ['lib/provisioning/fine.ts', `import { x } from '@/lib/policy/decide';`, undefined, 'pure → pure'],
  ['lib/config/a.ts', `import { x } from '@/lib/db/database';`, 'noRestrictedImports', 'the bottom → db'],
  ['lib/db/a.ts', `import { x } from '@/lib/auth/permissions';`, 'noRestrictedImports', 'db → auth'],
  ['lib/auth/a.ts', `import { x } from '@/lib/ledger/list';`, 'noRestrictedImports', 'auth → ledger'],
  [
    'lib/ledger/a.ts',
    `import { x } from '@/lib/actions/define-action';`,
    'noRestrictedImports',
    'ledger → actions',
  ],
  ['lib/aws/a.ts', `import { x } from '@/lib/ledger/list';`, 'noRestrictedImports', 'gateway → ledger'],
  ['lib/browser/a.ts', `import { x } from '@/lib/aws/iot';`, 'noRestrictedImports', 'browser → server'],
  ['lib/sandbox/a.ts', `import { x } from '@/lib/aws/iot';`, 'noRestrictedImports', 'sandbox → console'],
  [
    'lib/sandbox-control/a.ts',
    `import { x } from '@/lib/sandbox/scope';`,
    'noRestrictedImports',
    "the sandbox's client → sandbox",
  ],
  [
    'lib/sandbox-control/fine.ts',
    `import { x } from '@/lib/config/environments';`,
    undefined,
    'client → config',
  ],
  [
    'lib/sandbox/mqtt/a.ts',
    `import { x } from 'mqtt-packet';`,
    'noRestrictedImports',
    'a second door to the packet library',
  ],
  ['lib/aws/stuck/a.ts', `export { x } from 'mqtt';`, 'noRestrictedImports', 'a second MQTT client'],
  ['lib/aws/mqtt/mqtt-session.ts', `export { x } from 'mqtt';`, undefined, 'the door itself'],
  ['lib/sandbox/mqtt/packet-codec.ts', `export { x } from 'mqtt-packet';`, undefined, 'the door itself'],
  [
    'lib/sandbox/state/a.ts',
    `import { x } from '@aws-sdk/client-iot';`,
    'noRestrictedImports',
    'the SDK beyond the REST border',
  ],
] as const;

const CYCLE = ['lib/diagnosis/one.ts', 'lib/diagnosis/two.ts'] as const;

type Diagnostic = { category: string; location: { path: string } };
let diagnostics: Diagnostic[] = [];
const tree = mkdtempSync(path.join(tmpdir(), 'jitp-layers-'));

function plant(file: string, text: string) {
  mkdirSync(path.join(tree, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(tree, file), `${text}\n`);
}

beforeAll(() => {
  cpSync(path.join(root, 'biome.json'), path.join(tree, 'biome.json'));
  cpSync(path.join(root, '.gitignore'), path.join(tree, '.gitignore'));
  for (const [file, line] of PLANTED) plant(file, line);
  plant(CYCLE[0], `import { b } from './two';\nexport const a = () => b;`);
  plant(CYCLE[1], `import { a } from './one';\nexport const b = () => a;`);
  const biome = path.join(root, 'node_modules/.bin/biome');
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  diagnostics = JSON.parse(stdout).diagnostics;
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

const found = (file: string) =>
  diagnostics
    .filter(({ location }) => location.path === file)
    .map(({ category }) => category.split('/').at(-1));

describe('the layers of docs/architecture.md', () => {
  it.each(PLANTED)('%s with "%s" → %s (%s)', (file, _line, rule) => {
    if (rule === undefined) expect(found(file)).not.toContain('noRestrictedImports');
    else expect(found(file)).toContain(rule);
  });

  it('knows a cycle when it sees one', () => {
    expect(CYCLE.flatMap(found)).toContain('noImportCycles');
  });
});
