/**
 * The lines of a manifest, one after another: fifty megabytes of them are never in memory at once.
 * @module
 */
/** A device with every kind of file has some fifteen, each with a name below 150 characters and its digest. */
export const MANIFEST_LINE_BYTES_MAX = 16_384;
const FILES_MAX = 32;
const NAME = /^[\s\S]{1,512}$/;

export type ManifestDevice = {
  commonName: string;
  /** These are hex, lower-case. */
  serialNumber: string;
  certificateId: string;
  files: { name: string; sha256: string }[];
};

/** @returns undefined for a line that no console wrote */
export function readManifestLine(text: string): ManifestDevice | undefined {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  const commonName = wordOf(line, 'commonName', /^[\s\S]{0,1024}$/);
  const serialNumber = wordOf(line, 'serialNumber', /^[0-9a-f]{1,64}$/);
  const certificateId = wordOf(line, 'certificateId', DIGEST);
  const files = filesOf(line);
  if (commonName === undefined || serialNumber === undefined || certificateId === undefined || !files)
    return undefined;
  return { commonName, serialNumber, certificateId, files };
}

const DIGEST = /^[0-9a-f]{64}$/;

function filesOf(line: unknown): ManifestDevice['files'] | undefined {
  const listed: unknown = propertyOf(line, 'files');
  if (!Array.isArray(listed) || listed.length === 0 || listed.length > FILES_MAX) return undefined;
  const files = listed.flatMap((file: unknown) => {
    const name = wordOf(file, 'name', NAME);
    const sha256 = wordOf(file, 'sha256', DIGEST);
    return name === undefined || sha256 === undefined ? [] : [{ name, sha256 }];
  });
  return files.length === listed.length ? files : undefined;
}

function wordOf(value: unknown, name: string, shape: RegExp): string | undefined {
  const word: unknown = propertyOf(value, name);
  return typeof word === 'string' && shape.test(word) ? word : undefined;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/**
 * Lines without their line feeds; empty ones are left out. One that is longer than the bound comes as an empty object of JSON, which
 * is no device either.
 *
 * @param onPart - sees every byte in its order
 */
export async function* manifestLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onPart: (part: Uint8Array) => void = () => undefined,
): AsyncGenerator<string, void> {
  const utf8 = new TextDecoder();
  let rest = '';
  let isTooLong = false;
  for await (const part of partsOf(stream)) {
    onPart(part);
    const pieces = (rest + utf8.decode(part, { stream: true })).split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      if (isTooLong || piece.length > MANIFEST_LINE_BYTES_MAX) yield '{}';
      else if (piece.trim() !== '') yield piece;
      isTooLong = false;
    }
    if (rest.length > MANIFEST_LINE_BYTES_MAX) {
      isTooLong = true;
      rest = '';
    }
  }
  if (isTooLong || rest.trim() !== '') yield isTooLong ? '{}' : rest;
}

/** Not every browser can iterate over a stream; whoever stops in the middle lets go of the file. A file that breaks off ends there. */
export async function* partsOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const);
      if (done || value === undefined) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
