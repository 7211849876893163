import { describe, expect, it } from 'vitest';
import { credentialScope } from './credential-scope';

const none = new URLSearchParams();

describe('credentialScope', () => {
  it('reads Region and service of a signature, of any access key', () => {
    const header =
      'AWS4-HMAC-SHA256 Credential=anything/20261121/eu-central-1/iotdata/aws4_request, SignedHeaders=host, Signature=x';
    expect(credentialScope(header, none)).toEqual({
      accessKeyId: 'anything',
      region: 'eu-central-1',
      service: 'iotdata',
    });
  });

  it('reads a presigned URL', () => {
    const query = new URLSearchParams({ 'X-Amz-Credential': 'k/20261121/us-west-2/sts/aws4_request' });
    expect(credentialScope(undefined, query)).toMatchObject({ region: 'us-west-2', service: 'sts' });
  });

  it('is us-east-1 without a signature', () => {
    expect(credentialScope(undefined, none)).toMatchObject({ region: 'us-east-1', service: undefined });
  });

  it.each([
    'Basic eDp5',
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 Credential=k/20261121/us-east-1/iot',
    'AWS4-HMAC-SHA256 Credential=k/20261121/us east/iot/aws4_request',
    'AWS4-HMAC-SHA256 Credential=k/20261121/../iot/aws4_request',
  ])('refuses %s', (header) => {
    expect(() => credentialScope(header, none)).toThrow('not a SigV4 signature');
  });

  it.each(['us', 'us-east', 'eu-central-12', 'x-1', 'constructor', '0-0-0'])(
    'knows no Region %s',
    (region) => {
      const header = `AWS4-HMAC-SHA256 Credential=k/20261121/${region}/iot/aws4_request`;
      expect(() => credentialScope(header, none)).toThrow('Credential should be scoped to a valid region.');
    },
  );

  it.each(['us-gov-west-1', 'ap-southeast-2', 'cn-north-1'])('knows the Region %s', (region) => {
    const header = `AWS4-HMAC-SHA256 Credential=k/20261121/${region}/iot/aws4_request`;
    expect(credentialScope(header, none)).toMatchObject({ region });
  });
});
