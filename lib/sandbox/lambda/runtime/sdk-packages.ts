/**
 * The AWS SDK for JavaScript, which Lambda's Node.js runtimes have and handlers import: here it is the one that the sandbox itself is
 * built with.
 * @module
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

const manifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

let found: ReadonlyMap<string, string> | undefined;

/**
 * Every `@aws-sdk/client-*` that is installed and all it needs: package name to its real directory. None where the sandbox was moved
 * away from its packages: then handlers have to bring theirs.
 */
export function sdkPackages(): ReadonlyMap<string, string> {
  found ??= findPackages();
  return found;
}

function findPackages(): ReadonlyMap<string, string> {
  const require = createRequire(import.meta.url);
  // Its manifest is not exported, so the directory is the part of its entry's path up to the package's name.
  const marker = path.join('node_modules', '@aws-sdk');
  const entry = resolved(require, '@aws-sdk/client-iot');
  if (entry === undefined) return new Map();
  const scope = entry.slice(0, entry.lastIndexOf(marker) + marker.length);
  const packages = new Map<string, string>();
  const clients = readdirSync(scope).filter((name) => name.startsWith('client-'));
  const wanted = clients.map((name) => ({ name: `@aws-sdk/${name}`, from: scope }));
  for (let next = wanted.pop(); next; next = wanted.pop()) {
    if (packages.has(next.name)) continue;
    const directory = packageDirectory(next.name, next.from);
    if (directory === undefined) continue;
    packages.set(next.name, directory);
    const { dependencies } = manifest.parse(
      JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')),
    );
    for (const name of Object.keys(dependencies)) wanted.push({ name, from: directory });
  }
  return packages;
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** As Node.js looks packages up: in the `node_modules` of every directory above. */
function packageDirectory(name: string, from: string): string | undefined {
  for (let at = from; ; at = path.dirname(at)) {
    const directory = path.join(at, 'node_modules', name);
    if (existsSync(path.join(directory, 'package.json'))) return realpathSync(directory);
    if (at === path.dirname(at)) return undefined;
  }
}
