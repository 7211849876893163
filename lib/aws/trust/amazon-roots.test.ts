import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AMAZON_ROOT_CA_1, AMAZON_ROOT_CA_2, AMAZON_ROOT_CA_3, AMAZON_ROOT_CA_4 } from './amazon-roots';

// "SHA-256 Hash of Subject Public Key Information", https://www.amazontrust.com/repository/
describe('the shipped roots are those that Amazon Trust Services publishes', () => {
  it.each([
    [
      'Amazon Root CA 1',
      AMAZON_ROOT_CA_1,
      'fbe3018031f9586bcbf41727e417b7d1c45c2f47f93be372a17b96b50757d5a2',
    ],
    [
      'Amazon Root CA 2',
      AMAZON_ROOT_CA_2,
      '7f4296fc5b6a4e3b35d3c369623e364ab1af381d8fa7121533c9d6c633ea2461',
    ],
    [
      'Amazon Root CA 3',
      AMAZON_ROOT_CA_3,
      '36abc32656acfc645c61b71613c4bf21c787f5cabbee48348d58597803d7abc9',
    ],
    [
      'Amazon Root CA 4',
      AMAZON_ROOT_CA_4,
      'f7ecded5c66047d28ed6466b543c40e0743abe81d109254dcf845d4c2c7853c5',
    ],
  ])('%s', (name, pem, publicKeySha256) => {
    const certificate = new X509Certificate(pem);
    const publicKey = certificate.publicKey.export({ type: 'spki', format: 'der' });
    expect(createHash('sha256').update(publicKey).digest('hex')).toBe(publicKeySha256);
    expect(certificate.subject).toContain(`CN=${name}`);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });
});
