/**
 * What a dropped or pasted file says about a device, whatever kind of file it is. Runs in the worker: of private keys nothing
 * leaves it but that there is one.
 * @module
 */
import { certificateSigner } from '@/lib/pki/certificate-signer';
import { decodeText } from '@/lib/pki/decode-text';
import { PEM_BYTES_MAX, printPem } from '@/lib/pki/pem';
import { isPkcs12, type Pkcs12Fault, readPkcs12 } from '@/lib/pki/pkcs12';
import { type BundleInput, type BundleReading, readBundle } from '@/lib/pki/read-bundle';
import { type Recognised, recognise } from '@/lib/pki/recognise';
import { fail, ok, type Result } from '@/lib/result';
import { type BundleFault, openBundle } from './open-bundle';

export type Brought =
  /** No certificate, request or key is in it: it is for the reader of texts. */
  | { kind: 'text'; text: string }
  | {
      kind: 'files';
      container: 'zip' | 'pkcs12' | 'file';
      /** Everything that was recognised, in the order of the files. */
      items: readonly Recognised[];
      /** The device's certificate, its issuer, their order, where it connects. */
      bundle: BundleReading;
      /** Whether the issuer's key made the leaf's signature; undefined where either is missing. */
      isSignedByIssuer: boolean | undefined;
    };

export type BroughtFault =
  | BundleFault
  | Pkcs12Fault
  | { kind: 'file-too-big'; bytes: number; bytesMax: number }
  | { kind: 'file-unknown' };

type Opened = BundleInput & { keyCount: number };

/** @param passphrase - of PKCS#12 files, asked for after `passphrase-needed` */
export async function readBrought(
  file: BundleInput,
  passphrase: string | undefined,
  crypto: Crypto,
): Promise<Result<Brought, BroughtFault>> {
  const files = openBundle([file]);
  if (!files.ok) return files;
  const isZip = files.value[0]?.bytes !== file.bytes;
  if (!isZip && file.bytes.length > PEM_BYTES_MAX) {
    return fail({ kind: 'file-too-big', bytes: file.bytes.length, bytesMax: PEM_BYTES_MAX });
  }
  const opened: Opened[] = [];
  for (const each of files.value) {
    const inside = await openPkcs12(each, passphrase, crypto);
    if (!inside.ok) return inside;
    opened.push(inside.value);
  }
  const items = (await Promise.all(opened.map((each) => itemsOf(each, crypto)))).flat();
  if (items.length === 0) return isZip ? fail({ kind: 'file-unknown' }) : ofText(file.bytes);
  const isStore = files.value.some(({ bytes }) => isPkcs12(bytes));
  const bundle = await readBundle(opened, crypto);
  return ok({
    kind: 'files',
    container: isZip ? 'zip' : isStore ? 'pkcs12' : 'file',
    items,
    bundle,
    isSignedByIssuer: await isSigned(bundle, crypto),
  });
}

async function isSigned({ leaf, issuer }: BundleReading, crypto: Crypto): Promise<boolean | undefined> {
  if (leaf === undefined || issuer === undefined) return undefined;
  return (await certificateSigner(leaf.pem, [issuer.pem], crypto)) !== undefined;
}

/** A PKCS#12 file as the PEM of its certificates; everything else as it is. */
async function openPkcs12(
  file: BundleInput,
  passphrase: string | undefined,
  crypto: Crypto,
): Promise<Result<Opened, Pkcs12Fault>> {
  if (!isPkcs12(file.bytes)) return ok({ ...file, keyCount: 0 });
  const content = await readPkcs12(file.bytes, passphrase, crypto);
  if (!content.ok) return content;
  const { certificates, keys } = content.value;
  const pem = certificates.map((der) => printPem('CERTIFICATE', der)).join('');
  return ok({ name: file.name, bytes: new TextEncoder().encode(pem), keyCount: keys.length });
}

/** What else lies in a ZIP, such as a read-me, says nothing here. */
async function itemsOf({ bytes, keyCount }: Opened, crypto: Crypto): Promise<Recognised[]> {
  const read = await recognise(bytes, crypto);
  const keys = Array.from(
    { length: keyCount },
    (): Recognised => ({ kind: 'private-key', isEncrypted: true }),
  );
  return [...(read.ok ? read.value : []), ...keys];
}

function ofText(bytes: Uint8Array): Result<Brought, BroughtFault> {
  const text = decodeText(bytes);
  // A zero byte is in no log; DER that nobody knows has one soon.
  if (typeof text !== 'string' || text.includes('\0')) return fail({ kind: 'file-unknown' });
  return ok({ kind: 'text', text });
}
