/**
 * A certificate id as people have it at hand: from a log, from `openssl x509 -fingerprint -sha256`, from an ARN.
 * @module
 */

const BARE = /^[0-9a-f]{64}$/;
const ARN = /^arn:[\w-]+:iot:[\w-]+:\d{12}:(?:cert|cacert)\/([0-9a-f]{64})$/;

/**
 * The id that `text` means: 64 lower-case hex digits.
 *
 * @returns undefined when it means none
 */
export function parseCertificateLookup(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase();
  const fromArn = ARN.exec(trimmed)?.[1];
  if (fromArn !== undefined) return fromArn;
  // OpenSSL prints `sha256 Fingerprint=AB:CD:…`.
  const hex = trimmed.replace(/^.*=/, '').replaceAll(':', '').replaceAll(' ', '');
  return BARE.test(hex) ? hex : undefined;
}
