import { describe, expect, it } from 'vitest';
import { parseCertificateLookup } from './certificate-lookup';

const id = '0123456789abcdef'.repeat(4);
const colons = (id.match(/../g) ?? []).join(':').toUpperCase();

describe('parseCertificateLookup', () => {
  it.each<[string, string | undefined, string]>([
    [id, id, 'the id'],
    [` ${id}\n`, id, 'pasted with white space'],
    [colons, id, 'a fingerprint'],
    [`sha256 Fingerprint=${colons}`, id, "OpenSSL's whole line"],
    [`arn:aws:iot:eu-central-1:123456789012:cert/${id}`, id, 'an ARN'],
    [`arn:aws:iot:eu-central-1:123456789012:cacert/${id}`, id, "a CA's ARN"],
    [id.slice(1), undefined, 'a digit short'],
    [`${id}0`, undefined, 'a digit too many'],
    ['pump-7', undefined, 'a name'],
    ['', undefined, 'nothing'],
  ])('%s -> %s (%s)', (text, expected) => {
    expect(parseCertificateLookup(text)).toBe(expected);
  });
});
