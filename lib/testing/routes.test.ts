import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findEntrances } from './routes';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ASK = "import { requirePermission } from '@/lib/auth/require-permission';\n";
const DEFINE = "'use server';\nimport { defineAction } from '@/lib/actions/define-action';\n";

describe('the ways into the console', () => {
  it('all ask for a permission of the table before anything else', () => {
    const { entrances, faults } = findEntrances(ROOT);
    expect(faults).toEqual([]);
    // A finder that finds nothing would be content with anything.
    const routes = entrances.map(({ route }) => route);
    expect(routes).toEqual(expect.arrayContaining(['/', '/sign-in', '/setup', '/operators', '/audit']));
    expect(entrances.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['signInOperator', 'setPreferences']),
    );
  });
});

describe('a breach', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'jitp-console-routes-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function plant(file: string, source: string) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), source);
    return findEntrances(root);
  }

  it.each([
    {
      file: 'app/page.tsx',
      source: 'export default function P() { return null; }',
      why: 'a page that never asks',
    },
    {
      file: 'app/page.tsx',
      source: `${ASK}export default async function P() { const a = await read(); await requirePermission('ca:read'); return a; }`,
      why: 'a page that reads first',
    },
    {
      file: 'app/page.tsx',
      source: `${ASK}export default async function P() { requirePermission('ca:read'); return null; }`,
      why: 'a page that does not wait for the answer',
    },
    {
      file: 'app/page.tsx',
      source: `${ASK}export default async function P() { // await requirePermission('ca:read');\n return null; }`,
      why: 'a page that asks in a comment',
    },
    {
      file: 'app/page.tsx',
      source: `${ASK}export default async function P() { await requirePermission('ca:dream'); return null; }`,
      why: 'a permission that is in no table',
    },
    {
      file: 'app/page.tsx',
      source: `const requirePermission = async (p) => p;\nexport default async function P() { await requirePermission('ca:read'); return null; }`,
      why: 'a function of that name that is not ours',
    },
    {
      file: 'app/page.tsx',
      source: `${ASK}export async function generateMetadata() { return { title: await readTitle() }; }\nexport default async function P() { await requirePermission('ca:read'); return null; }`,
      why: 'metadata that reads without asking',
    },
    {
      file: 'app/x/route.ts',
      source: `${ASK}export async function GET() { await requirePermission('ca:read'); return new Response(); }\nexport async function POST() { return new Response(); }`,
      why: 'one method that never asks',
    },
    {
      file: 'app/x/route.ts',
      source: 'export const GET = () => new Response();',
      why: 'a handler in another shape',
    },
    {
      file: 'app/x/actions.ts',
      source: "'use server';\nexport async function steal() { return 1; }",
      why: 'an action by hand',
    },
    {
      file: 'app/x/actions.ts',
      source: `${DEFINE}export const a = defineAction({ name: 'a', permission: 'ca:read', run() {} });\nexport async function b() {}`,
      why: 'one action by hand beside one that is made',
    },
    { file: 'app/x/actions.ts', source: `${DEFINE}export * from './more';`, why: 'actions from elsewhere' },
    { file: 'app/x/actions.ts', source: 'export const a = 1;', why: 'no server file' },
    {
      file: 'components/x.tsx',
      source: "export function F() { async function act() { 'use server'; } return <form action={act} />; }",
      why: 'an action inside a component',
    },
    {
      file: 'app/x/save.ts',
      source: "'use server';\nexport async function save() {}",
      why: 'actions under another name',
    },
  ])('is found: $why', ({ file, source }) => {
    expect(plant(file, source).faults.length).toBeGreaterThan(0);
  });

  it.each([
    {
      file: 'app/e/[environment]/(list)/things/page.tsx',
      source: `${ASK}export async function generateMetadata() { const t = await getTranslations('x'); return { title: t('y') }; }
        export default async function P({ params, searchParams }: PageProps<'/x'>) {
          const environmentId = (await params).environment;
          await requirePermission('thing:read', { environment: environmentId });
          return null;
        }`,
      entrance: { kind: 'page', route: '/e/[environment]/things', permission: 'thing:read' },
    },
    {
      file: 'app/x/actions.ts',
      source: `${DEFINE}export const a = defineAction({ name: 'a', permission: 'ca:update', async run() { return { permission: 'x' }; } });`,
      entrance: { kind: 'action', name: 'a', permission: 'ca:update', route: undefined },
    },
  ])('is not what asks as it must: $entrance.kind', ({ file, source, entrance }) => {
    const { entrances, faults } = plant(file, source);
    expect(faults).toEqual([]);
    expect(entrances).toMatchObject([entrance]);
  });
});
