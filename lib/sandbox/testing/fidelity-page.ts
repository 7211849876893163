/**
 * The page that lists every behaviour of AWS that a test pins, read from the source of the tests.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type PinnedBehaviour = {
  what: string;
  known: string;
  source: string;
  /** Path of the test from the project's root. */
  test: string;
};

const TEXT = String.raw`('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`;
const CALL = new RegExp(
  String.raw`\bbehaviour\(\s*${TEXT},\s*\{\s*known:\s*${TEXT},\s*source:\s*${TEXT},?\s*\}`,
  'g',
);

/**
 * The `behaviour(…)` calls of one test file.
 * @throws Error when one of them is not written with literals
 */
export function pinnedBehaviours(test: string, text: string): PinnedBehaviour[] {
  const found = [...text.matchAll(CALL)].map(([, what = '', known = '', source = '']) => ({
    what: literal(what),
    known: literal(known),
    source: literal(source),
    test,
  }));
  const calls = text.match(/\bbehaviour\(/g)?.length ?? 0;
  if (calls === found.length) return found;
  throw new Error(`${test}: ${calls - found.length} of ${calls} behaviours are not written with literals`);
}

const literal = (source: string) => source.slice(1, -1).replace(/\\(.)/g, '$1');

/** Chapters by where the tests are, in the order of the page; the first that fits takes a test. */
const CHAPTERS: readonly [folder: string, title: string][] = [
  ['operations/ca-certificates', 'CA certificates'],
  ['operations/certificates', 'Device certificates'],
  ['operations/provisioning-templates', 'Provisioning templates and RegisterThing'],
  ['operations/register-thing', 'Provisioning templates and RegisterThing'],
  ['jitp', 'Just-in-time provisioning and registration'],
  ['tls', 'TLS'],
  ['mqtt', 'MQTT'],
  ['websocket', 'MQTT'],
  ['unserved-requests', 'MQTT'],
  ['device-https', 'HTTPS with a client certificate'],
  ['operations/messages', 'Messages and connections by the data plane'],
  ['operations/policies', 'Policies'],
  ['operations/authorization', 'Authorization'],
  ['operations/things', 'Things'],
  ['operations/thing-types', 'Thing types'],
  ['operations/thing-groups', 'Thing groups'],
  ['operations/billing-groups', 'Billing groups'],
  ['operations/tags', 'Tags'],
  ['operations/events', 'Registry events'],
  ['registry-events', 'Registry events'],
  ['operations/fleet-index', 'Fleet indexing'],
  ['operations/shadows', 'Device shadows'],
  ['shadows', 'Device shadows'],
  ['operations/topic-rules', 'Rules'],
  ['rules', 'Rules'],
  ['lambda', 'Lambda'],
  ['cloudtrail', 'CloudTrail'],
  ['iam', 'IAM'],
  ['sts', 'STS'],
  ['operations/role-aliases', 'Role aliases'],
  ['operations/domain-configurations', 'Domain configurations'],
  ['operations/endpoints', 'Endpoints'],
  ['call-admission', 'Request rates'],
  ['http', 'Wire protocol'],
  ['', 'Across families'],
];

/** Every behaviour that the sandbox's tests pin, as a page of Markdown. */
export function fidelityPage(root: string): string {
  const chapters = new Map<string, PinnedBehaviour[]>(CHAPTERS.map(([, title]) => [title, []]));
  for (const pinned of allPinnedBehaviours(root)) chapters.get(chapterOf(pinned.test))?.push(pinned);
  const written = [...chapters].filter(([, rows]) => rows.length > 0);
  const count = (known: string) =>
    written.flatMap(([, rows]) => rows).filter((row) => row.known === known).length;
  return [
    '# How the sandbox behaves, and how we know',
    `Each line is the name of a test that fails when the behaviour is gone. Made from the tests by \`npm run docs\`.
What is different on purpose is told in [The sandbox](sandbox.md#where-it-differs-by-design).

*measured*: seen on AWS by somebody who published it (${count('measured')}). *documented*: AWS's guide, API reference or service model (${count('documented')}).
*assumed*: neither says; our own choice (${count('assumed')}).`,
    ...written.map(([title, rows]) => `## ${title}\n\n${tableOf(rows)}`),
    '',
  ].join('\n\n');
}

function allPinnedBehaviours(root: string): PinnedBehaviour[] {
  const folder = path.join(root, 'lib/sandbox');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => name.replaceAll(path.sep, '/'))
    .sort()
    .flatMap((name) => pinnedBehaviours(name, readFileSync(path.join(folder, name), 'utf8')));
}

function chapterOf(test: string): string {
  const [, title = ''] = CHAPTERS.find(([folder]) => folder === '' || test.startsWith(`${folder}/`)) ?? [];
  return title;
}

function tableOf(rows: readonly PinnedBehaviour[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return [
    '| behaviour | how we know | source |',
    '| --- | --- | --- |',
    ...rows.map(({ what, known, source }) => `| ${cell(what)} | ${known} | ${cell(source)} |`),
  ].join('\n');
}
