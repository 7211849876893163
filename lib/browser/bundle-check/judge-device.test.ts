import { expect, it } from 'vitest';
import { DeviceChecker } from '@/lib/pki/check-bundle/device-checker';
import { judgeDevice } from './judge-device';

const DEVICE = { commonName: 'pump-1', serialNumber: '01', certificateId: 'a'.repeat(64), files: [] };

it('overwrites what it was given, also where no file has the certificate of the manifest', async () => {
  const key = Uint8Array.of(1, 2, 3);
  const content = Uint8Array.of(4, 5, 6);
  const checker = new DeviceChecker(undefined, { crypto, now: new Date('2026-11-22T00:00:00Z') });
  const { leaf } = await judgeDevice(
    DEVICE,
    [{ name: 'pump-1.encrypted.key', content }],
    { checker, template: undefined },
    [{ file: 'pump-1.encrypted.key', key, certificates: undefined }],
  );
  expect(leaf).toBeUndefined();
  expect([...key, ...content]).toEqual([0, 0, 0, 0, 0, 0]);
});
