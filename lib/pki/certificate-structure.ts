/**
 * What the library hides or gives only all or nothing: a certificate's version and its raw extensions, so that one
 * exotic extension does not make a good certificate unreadable.
 * @module
 */
import type { Bytes } from './bytes';
import { DER_TAG, type DerElement, objectIdentifier, readElements, readSequence } from './der';

/** `der` is the whole Extension (RFC 5280 §4.1), `value` what its OCTET STRING holds. */
export type RawExtension = { oid: string; critical: boolean; der: Bytes; value: Bytes };
export type CertificateStructure = { version: number; extensions: RawExtension[] };

const EXTENSIONS_TAG = 0xa3;
const BOOLEAN_TAG = 0x01;

/** Undefined where the bytes are no certificate (RFC 5280 §4.1: TBSCertificate has six or more elements). */
export function readCertificateStructure(der: Uint8Array): CertificateStructure | undefined {
  const [tbs, , signature] = readSequence(der) ?? [];
  if (tbs?.tag !== DER_TAG.sequence || signature?.tag !== DER_TAG.bitString) return undefined;
  const elements = readElements(tbs.content);
  if (!elements || elements.length < 6) return undefined;

  const [first] = elements;
  const version = first?.tag === DER_TAG.context0 ? readElements(first.content)?.[0]?.content[0] : 0;
  const extensions = readRawExtensions(elements.find(({ tag }) => tag === EXTENSIONS_TAG));
  return version === undefined || !extensions ? undefined : { version: version + 1, extensions };
}

function readRawExtensions(wrapper: DerElement | undefined): RawExtension[] | undefined {
  if (!wrapper) return [];
  const extensions = (readSequence(wrapper.content) ?? []).map(readRawExtension);
  const readable = extensions.filter((extension) => extension !== undefined);
  return readable.length === extensions.length ? readable : undefined;
}

function readRawExtension({ bytes }: DerElement): RawExtension | undefined {
  const parts = readSequence(bytes) ?? [];
  const oid = parts[0]?.tag === DER_TAG.objectIdentifier ? objectIdentifier(parts[0].content) : undefined;
  const value = parts.at(-1);
  if (oid === undefined || value?.tag !== DER_TAG.octetString) return undefined;
  const critical = parts.some(({ tag, content }) => tag === BOOLEAN_TAG && content[0] !== 0);
  return { oid, critical, der: bytes, value: value.content };
}
