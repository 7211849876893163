import { createHash } from 'node:crypto';
import { ApiError } from '@/lib/sandbox/api-error';
import { invalidParameter } from './lambda-error';
import { unpackedEntry, type ZipEntry, zipEntries } from './zip-entries';

/** AWS allows 250 MB; a package comes in a body of 1 MB, and nothing honest unpacks to more than this from there. */
const UNPACKED_BYTES_MAX = 32 * 1024 * 1024;
const FILES_MAX = 2000;
const PATH_CHARACTERS_MAX = 512;
/** What Linux and macOS take as the name of one file. */
const NAME_BYTES_MAX = 255;
/** RFC 1951: at best two bits stand for 258 bytes. */
const DEFLATE_RATIO_MAX = 1032;
/** DEFLATE's longest usual way to write nothing: one empty stored block. */
const EMPTY_DEFLATE_BYTES_MAX = 5;

const UNREADABLE = 'Could not unzip uploaded file. Please check your file, then try to upload again.';

export type CodePackage = { zipBase64: string; codeSha256: string; codeBytes: number };

/**
 * What is kept of an uploaded package.
 *
 * @throws ApiError InvalidParameterValueException when it is no ZIP that can be unpacked
 */
export function codePackage(zip: Uint8Array | undefined): CodePackage {
  if (!zip || zip.length === 0) {
    throw invalidParameter(
      'Please provide the code as ZipFile: the sandbox has no S3 and no container images',
    );
  }
  filesOf(zip);
  return {
    zipBase64: Buffer.from(zip).toString('base64'),
    codeSha256: createHash('sha256').update(zip).digest('base64'),
    codeBytes: zip.length,
  };
}

/**
 * The files of a package by their paths. A path that leaves the package's folder, and sizes beyond the bounds, refuse it whole.
 *
 * @throws ApiError InvalidParameterValueException
 */
export function filesOf(zip: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const archive = Buffer.from(zip.buffer, zip.byteOffset, zip.length);
  const entries = readable(() => boundedEntries(archive));
  const files = entries.filter(({ name }) => !name.endsWith('/'));
  return readable(() => new Map(files.map((entry) => [entry.name, unpackedEntry(archive, entry)])));
}

/** What only fails on archives that are none. */
function readable<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof ApiError ? error : invalidParameter(UNREADABLE);
  }
}

function boundedEntries(archive: Buffer): ZipEntry[] {
  const total = { bytes: 0, packedBytes: 0, count: 0 };
  const entries = new Map<string, ZipEntry>();
  for (const entry of zipEntries(archive)) {
    const { name } = entry;
    total.bytes += entry.unpackedBytes;
    total.packedBytes += entry.packedBytes;
    total.count += 1;
    // Entries share no bytes: what overlaps would be unpacked many times over.
    const isHonest = total.packedBytes <= archive.length && sizesAgree(entry) && !entries.has(name);
    const fault = isHonest ? faultOf(name, total) : UNREADABLE;
    if (fault !== undefined) throw invalidParameter(fault);
    entries.set(name, entry);
  }
  const fault = faultBetween([...entries.keys()]);
  if (fault !== undefined) throw invalidParameter(fault);
  return [...entries.values()];
}

/** What an entry says of its sizes is possible, so that a bound on the one is a bound on the other. */
function sizesAgree({ method, packedBytes, unpackedBytes }: ZipEntry): boolean {
  if (method === 0) return packedBytes === unpackedBytes;
  return unpackedBytes === 0
    ? packedBytes <= EMPTY_DEFLATE_BYTES_MAX
    : unpackedBytes <= packedBytes * DEFLATE_RATIO_MAX;
}

/** One path cannot be a file and a folder with files at once. */
function faultBetween(names: readonly string[]): string | undefined {
  const files = new Set(names.filter((name) => !name.endsWith('/')));
  for (const name of names) {
    for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1)) {
      const folder = name.slice(0, at);
      if (files.has(folder)) return `The package holds ${shown(folder)} as a file and as a folder`;
    }
  }
  return undefined;
}

const shown = (name: string) => name.slice(0, 64);

function faultOf(name: string, { bytes, count }: { bytes: number; count: number }): string | undefined {
  if (bytes > UNPACKED_BYTES_MAX) {
    return `Unzipped size must be smaller than ${UNPACKED_BYTES_MAX} bytes in the sandbox`;
  }
  if (count > FILES_MAX) return `The sandbox takes packages of at most ${FILES_MAX} files`;
  const levels = name.replace(/\/$/, '').split('/');
  const isInside = levels.every((level) => level !== '' && level !== '.' && level !== '..');
  if (levels.some((level) => Buffer.byteLength(level) > NAME_BYTES_MAX)) {
    return `The package holds a file with the path ${shown(name)}, a part of which is longer than ${NAME_BYTES_MAX} bytes`;
  }
  return isInside && name.length <= PATH_CHARACTERS_MAX && !/[\\:\0]/.test(name)
    ? undefined
    : `The package holds a file with the path ${shown(name)}, which is not one inside the package`;
}
