import { expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { testSandbox } from '@/lib/sandbox/testing/test-sandbox';

const { boto } = await testSandbox();

behaviour(
  'DescribeEndpoint answers iot:Data-ATS with the host only; in the sandbox it is localhost',
  { known: 'documented', source: 'API reference, DescribeEndpoint' },
  async () => {
    expect(await boto.ok('iot.describe_endpoint', { endpointType: 'iot:Data-ATS' })).toEqual({
      endpointAddress: 'localhost',
    });
  },
);

behaviour(
  'DescribeEndpoint refuses iot:Data, which is also meant without a type, and iot:Jobs as retired',
  { known: 'measured', source: 'seen in eu-central-1, 2026' },
  async () => {
    for (const input of [{ endpointType: 'iot:Data' }, { endpointType: 'iot:Jobs' }, {}]) {
      const refusal = await boto.refusal('iot.describe_endpoint', input);
      expect(refusal).toMatchObject({ name: 'InvalidRequestException', status: 400 });
      expect(refusal.message).toContain('retired');
    }
  },
);

behaviour(
  'DescribeEndpoint gives no address where nothing listens: iot:CredentialProvider and unknown types are refused',
  { known: 'assumed', source: '' },
  async () => {
    for (const endpointType of ['iot:CredentialProvider', 'iot:Else']) {
      const refusal = await boto.refusal('iot.describe_endpoint', { endpointType });
      expect(refusal).toMatchObject({ name: 'InvalidRequestException', status: 400 });
      expect(refusal.message).toContain(endpointType);
    }
  },
);
