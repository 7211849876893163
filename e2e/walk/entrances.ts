/**
 * Every way into the built console: what the build says is there, joined with what the sources ask for. One that only one of both
 * knows is a fault, so a new page or action takes part in the walk by itself or fails it.
 * @module
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Permission } from '@/lib/auth/permissions';
import { findEntrances } from '@/lib/testing/routes';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Pages that Next makes itself, and files without content of anybody's. */
const NO_ENTRANCES = new Set(['/_global-error', '/_not-found', '/icon.svg']);

export type Page = {
  kind: 'page' | 'handler';
  /** Of HTTP; a page is got. */
  method: string;
  route: string;
  permission: Permission;
};
export type Action = { id: string; name: string; file: string; permission: Permission; route: string };

export type Entrances = {
  pages: Page[];
  actions: Action[];
  /** What the build serves and the sources do not explain, or the other way round. */
  unknown: string[];
  /** Paths that are made at build time. */
  prerendered: string[];
};

/** Reads the build's manifests, so the console has to be built. */
export function readEntrances(): Entrances {
  const { entrances, faults } = findEntrances(ROOT);
  const served = Object.values(readJson('app-path-routes-manifest.json')).map(String);
  const actions = builtActions();
  const pages = entrances.flatMap(({ kind, name, route, permission }) =>
    kind === 'action' || route === undefined
      ? []
      : [{ kind, method: kind === 'page' ? 'GET' : name, route, permission }],
  );
  const known = actions.flatMap((action) => {
    const found = entrances.find(({ kind, file, name }) => kind === 'action' && isSame(action, file, name));
    return found === undefined ? [] : [{ ...action, permission: found.permission }];
  });
  const unknown = [
    ...faults.map(({ file, name, fault }) => `${file} ${name}: ${fault}`),
    ...served.filter((route) => !NO_ENTRANCES.has(route) && !pages.some((page) => page.route === route)),
    ...pages.flatMap(({ route }) => (served.includes(route) ? [] : [`${route} is not in the build`])),
    ...actions.flatMap(({ id, name, file }) =>
      known.some((action) => action.id === id) ? [] : [`action ${name} of ${file}`],
    ),
  ];
  const prerendered = Object.keys(Object(readJson('prerender-manifest.json')['routes']));
  return { pages, actions: known, unknown, prerendered };
}

function isSame(action: { file: string; name: string }, file: string, name: string): boolean {
  return action.file === file && action.name === name;
}

/** Shape: `{ node: { [id]: { workers: { 'app/…/page': … }, filename, exportedName } } }`. */
function builtActions(): Omit<Action, 'permission'>[] {
  const routes = readJson('app-path-routes-manifest.json');
  const found = Object.entries(Object(readJson('server/server-reference-manifest.json')['node']));
  return found.map(([id, described]) => {
    const { workers, filename, exportedName } = Object(described);
    const [worker = ''] = Object.keys(Object(workers));
    const route = String(routes[worker.replace(/^app(?=\/)/, '')]);
    return { id, name: String(exportedName), file: String(filename), route };
  });
}

function readJson(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(ROOT, '.next', name), 'utf8'));
}
