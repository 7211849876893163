import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { invalidParameter } from './lambda-error';

/** AWS allows 250 MB; a package comes in a body of 1 MB, and nothing honest unpacks to more than this from there. */
const UNPACKED_BYTES_MAX = 32 * 1024 * 1024;
const FILES_MAX = 2000;
const PATH_CHARACTERS_MAX = 512;

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
  let bytes = 0;
  let count = 0;
  let refusal: string | undefined;
  try {
    const files = unzipSync(zip, {
      filter({ name, originalSize }) {
        bytes += originalSize;
        count += 1;
        refusal ??= faultOf(name, { bytes, count });
        return refusal === undefined && !name.endsWith('/');
      },
    });
    if (refusal === undefined) return new Map(Object.entries(files));
  } catch {
    throw invalidParameter(UNREADABLE);
  }
  throw invalidParameter(refusal);
}

function faultOf(name: string, { bytes, count }: { bytes: number; count: number }): string | undefined {
  if (bytes > UNPACKED_BYTES_MAX) {
    return `Unzipped size must be smaller than ${UNPACKED_BYTES_MAX} bytes in the sandbox`;
  }
  if (count > FILES_MAX) return `The sandbox takes packages of at most ${FILES_MAX} files`;
  const levels = name.replace(/\/$/, '').split('/');
  const isInside = levels.every((level) => level !== '' && level !== '.' && level !== '..');
  return isInside && name.length <= PATH_CHARACTERS_MAX && !/[\\:\0]/.test(name)
    ? undefined
    : `The package holds a file with the path ${name.slice(0, 64)}, which is not one inside the package`;
}
