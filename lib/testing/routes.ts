/**
 * Finds every way into the console by itself (pages, route handlers, server actions) and says of each which permission it asks for
 * first. The check is one of shape: what does not look as it must is a fault, whether or not it would be safe.
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { PERMISSIONS, type Permission } from '@/lib/auth/permissions';

export type Entrance = {
  kind: 'page' | 'handler' | 'action';
  /** Below the root of the project. */
  file: string;
  /** `default` of a page, the method of a handler, the name of an action. */
  name: string;
  /** The path pattern of a page or handler: `/e/[environment]/things`; `undefined` for an action. */
  route: string | undefined;
  permission: Permission;
};

export type EntranceFault = { file: string; name: string; fault: string };

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What a page may do before it asks: read the path, because a scope may need it. */
const READS_PARAMS = String.raw`(?:const (?:\w+|\{[^}]*\}) = (?:await (?:props\.)?params|\(await (?:props\.)?params\)\.\w+);\s*)?`;
const ASKS = new RegExp(
  String.raw`^\s*${READS_PARAMS}(?:const (?:\w+|\{[^}]*\}) = )?await requirePermission\("([^"]+)"`,
);

/** What metadata may call: words and the path, nothing that reads data. */
const METADATA_CALLS = new Set([
  'generateMetadata',
  'requirePermission',
  'getTranslations',
  't',
  'readPathParameter',
  'shortenMiddle',
]);

/** Every entrance below `root`, and what is wrong with those that do not ask as they must. */
export function findEntrances(root: string): { entrances: Entrance[]; faults: EntranceFault[] } {
  const files = ['app', 'components', 'lib']
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.join(folder, name),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$/.test(file));
  const read = files.map((file) => ({
    file,
    code: plain(readFileSync(path.join(root, file), 'utf8'), file),
  }));
  const found = read.flatMap(({ file, code }) => entrancesOf(file, code));
  return {
    entrances: found.flatMap((entry) => ('permission' in entry ? [entry] : [])),
    faults: found.flatMap((entry) => ('fault' in entry ? [entry] : [])),
  };
}

/** JavaScript without types and comments, in one style, so that its shape can be read. */
function plain(source: string, file: string): string {
  return transformSync(source, {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    jsx: 'preserve',
    legalComments: 'none',
    target: 'esnext',
  }).code;
}

function entrancesOf(file: string, code: string): (Entrance | EntranceFault)[] {
  const isServerFile = /^\s*"use server";/.test(code);
  const base = path.basename(file).replace(/\.tsx?$/, '');
  if (file.startsWith('app/') && base === 'actions') {
    return isServerFile
      ? actionsOf(file, code)
      : [{ file, name: '-', fault: "does not begin with 'use server'" }];
  }
  if (/^\s*"use server";/m.test(code)) {
    return [{ file, name: '-', fault: "'use server' outside of an actions.ts" }];
  }
  if (file.startsWith('app/') && base === 'page') return pageOf(file, code);
  if (file.startsWith('app/') && base === 'route') return handlersOf(file, code);
  return [];
}

function pageOf(file: string, code: string): (Entrance | EntranceFault)[] {
  const body = bodyOf(code, /export default async function \w+\(/);
  const page = askOf({ file, name: 'default', kind: 'page' }, code, body);
  const metadata = bodyOf(code, /export async function generateMetadata\(/);
  const calls = [...(metadata ?? '').matchAll(/([\w.]+)\s*\(/g)].map(([, name = '']) => name);
  const reading = calls.find((name) => !METADATA_CALLS.has(name));
  const asks = metadata !== undefined && ASKS.test(metadata);
  const fault = `generateMetadata calls ${reading} without asking for a permission`;
  return reading === undefined || asks ? [page] : [page, { file, name: 'generateMetadata', fault }];
}

function handlersOf(file: string, code: string): (Entrance | EntranceFault)[] {
  return exportsOf(code).flatMap((name) => {
    if (!METHODS.includes(name)) return [];
    const body = bodyOf(code, new RegExp(String.raw`export async function ${name}\(`));
    return [askOf({ file, name, kind: 'handler' }, code, body)];
  });
}

function actionsOf(file: string, code: string): (Entrance | EntranceFault)[] {
  const isImported =
    /import \{[^}]*\bdefineAction\b(?! as)[^}]*\} from "@\/lib\/actions\/define-action"/.test(code);
  return exportsOf(code).map((name) => {
    const head = String.raw`export const ${name} = defineAction\(\{\s*name: "[^"]+",\s*permission: "([^"]+)"`;
    const permission = new RegExp(head).exec(code)?.[1];
    if (!isImported || permission === undefined) return { file, name, fault: 'is not made by defineAction' };
    return entranceOf({ file, name, kind: 'action' }, permission);
  });
}

/** Names of everything exported; `*` for what this reader does not understand, which then fails the check. */
function exportsOf(code: string): string[] {
  return [
    ...code.matchAll(/^export (?:(?:async )?function\*? (\w+)|(?:const|let|var|class) (\w+)|(.*))/gm),
  ].map(([, fn, value]) => fn ?? value ?? '*');
}

type Place = Pick<Entrance, 'kind' | 'file' | 'name'>;

function askOf(place: Place, code: string, body: string | undefined): Entrance | EntranceFault {
  const isImported =
    /import \{[^}]*\brequirePermission\b(?! as)[^}]*\} from "@\/lib\/auth\/require-permission"/.test(code);
  const permission = body === undefined ? undefined : ASKS.exec(body)?.[1];
  const { file, name } = place;
  if (!isImported || permission === undefined)
    return { file, name, fault: 'does not ask for a permission first' };
  return entranceOf(place, permission);
}

function entranceOf(place: Place, asked: string): Entrance | EntranceFault {
  const permission = PERMISSIONS.find((candidate) => candidate === asked);
  if (permission === undefined)
    return { file: place.file, name: place.name, fault: `asks for ${asked}, which is in no table` };
  return { ...place, permission, route: place.kind === 'action' ? undefined : routeOf(place.file) };
}

/** `app/(entry)/sign-in/page.tsx` → `/sign-in`. */
function routeOf(file: string): string {
  const folders = path.dirname(file).split(path.sep).slice(1);
  return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join('/')}`;
}

/** The text behind the brace that opens the body of the function that `head` finds. */
function bodyOf(code: string, head: RegExp): string | undefined {
  const match = head.exec(code);
  if (match === null) return undefined;
  let depth = 1;
  let at = match.index + match[0].length;
  for (; depth > 0 && at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    if (code[at] === ')') depth -= 1;
  }
  const rest = code.slice(at);
  const open = /^\s*\{/.exec(rest);
  const end = rest.indexOf('\n}');
  return open === null ? undefined : rest.slice(open[0].length, end < 0 ? undefined : end);
}
