/**
 * The texts in a function's package, from the address that GetFunction gives: of S3 at AWS, of the endpoint itself otherwise.
 * APPNOTE.TXT (PKWARE) 4.3; Lambda API Reference, FunctionCodeLocation.
 * @module
 */
import 'server-only';
import { inflateRawSync } from 'node:zlib';
import type { HandlerFile } from '@/lib/provisioning/jitr/recognise-handler';

/** A handler of some hundred lines takes a hundredth of it; one that brings its packages is not read. */
const PACKAGE_BYTES_MAX = 4 * 1024 * 1024;
const TEXT_BYTES_MAX = 262_144;
const FETCH_TIMEOUT_MS = 5000;
const TEXTS_MAX = 20;
const IS_TEXT = /^[^/]+\.(?:py|js|mjs|cjs)$/;

/** Undefined: not to be had, too large, or no ZIP. Never throws. */
export async function readPackage(
  location: string,
  lambdaEndpoint: string | undefined,
): Promise<HandlerFile[] | undefined> {
  if (!isTrustedPlace(location, lambdaEndpoint)) return undefined;
  try {
    const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
    const answer = await fetch(location, { redirect: 'error', cache: 'no-store', signal });
    const length = Number(answer.headers.get('content-length') ?? PACKAGE_BYTES_MAX + 1);
    if (!answer.ok || length > PACKAGE_BYTES_MAX) return undefined;
    return textsOf(Buffer.from(await answer.arrayBuffer()));
  } catch {
    // Whatever the reason: then the handler's text is not known, and the page says so.
    return undefined;
  }
}

/** AWS's own answer is not asked to go anywhere but to AWS, or back to where it came from. */
export function isTrustedPlace(location: string, lambdaEndpoint: string | undefined): boolean {
  if (!URL.canParse(location)) return false;
  const { protocol, hostname, origin } = new URL(location);
  if (lambdaEndpoint !== undefined) return new URL(lambdaEndpoint).origin === origin;
  return protocol === 'https:' && /\.amazonaws\.com(?:\.cn)?$/.test(hostname);
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** The end record without a comment. */
const END_BYTES = 22;

/** The texts at the top of an archive; what does not unpack within the bounds is left out. @throws RangeError of broken ones */
export function textsOf(archive: Buffer): HandlerFile[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.length - end < END_BYTES || archive.readUInt32LE(end) !== END) {
    throw new RangeError('no ZIP archive');
  }
  const texts: HandlerFile[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0 && texts.length < TEXTS_MAX; left -= 1) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry where one should be');
    const nameBytes = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    if (IS_TEXT.test(name)) {
      const text = unpacked(archive, at);
      if (text !== undefined) texts.push({ name, text });
    }
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return texts;
}

function unpacked(archive: Buffer, entry: number): string | undefined {
  const method = archive.readUInt16LE(entry + 10);
  const packedBytes = archive.readUInt32LE(entry + 20);
  if (archive.readUInt32LE(entry + 24) > TEXT_BYTES_MAX) return undefined;
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + packedBytes);
  if (method === 0) return packed.toString('utf8');
  if (method !== 8) return undefined;
  return inflateRawSync(packed, { maxOutputLength: TEXT_BYTES_MAX }).toString('utf8');
}
