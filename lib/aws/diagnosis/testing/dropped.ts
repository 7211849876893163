import { readFile } from 'node:fs/promises';
import { broughtLookUp } from '@/lib/diagnosis/brought-look-up';
import type { LookUp } from '@/lib/diagnosis/look-up';
import { certificateSigner } from '@/lib/pki/certificate-signer';
import { readBundle } from '@/lib/pki/read-bundle';
import { recognise } from '@/lib/pki/recognise';
import type { Made } from '@/lib/sandbox/testing/certificate-maker';

/** What the page makes of files that somebody drops on it. */
export async function dropped(...files: readonly Pick<Made, 'certFile'>[]): Promise<LookUp> {
  const inputs = await Promise.all(
    files.map(async ({ certFile }) => ({ name: certFile, bytes: new Uint8Array(await readFile(certFile)) })),
  );
  const read = await Promise.all(inputs.map(({ bytes }) => recognise(bytes, globalThis.crypto)));
  const bundle = await readBundle(inputs, globalThis.crypto);
  const { leaf, issuer } = bundle;
  const signer = leaf && issuer && (await certificateSigner(leaf.pem, [issuer.pem], globalThis.crypto));
  return broughtLookUp({
    items: read.flatMap((each) => (each.ok ? each.value : [])),
    bundle,
    isSignedByIssuer: issuer && signer !== undefined,
  });
}
