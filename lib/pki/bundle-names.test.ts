import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileStem } from './bundle-names';

const ID = '1a2b3c4d5e6f7081'.padEnd(64, '0');

test.each([
  { commonName: 'DemoThing', stem: 'DemoThing-1a2b3c4d' },
  { commonName: 'line 1/sensor:7', stem: 'line_1_sensor_7-1a2b3c4d5e6f7081' },
  { commonName: '../../etc/passwd', stem: 'etc_passwd-1a2b3c4d5e6f7081' },
  { commonName: '-rf', stem: 'rf-1a2b3c4d5e6f7081' },
  { commonName: '東京', stem: 'device-1a2b3c4d5e6f7081' },
  { commonName: undefined, stem: 'device-1a2b3c4d5e6f7081' },
  { commonName: 'CON', stem: 'CON-1a2b3c4d' },
])('$commonName becomes $stem', ({ commonName, stem }) => {
  expect(fileStem(commonName, ID)).toBe(stem);
});

test('names that become one file name differ in more of the id than the short one', () => {
  const twin = '1a2b3c4d5e6f7082'.padEnd(64, '0');
  for (const [one, other] of [
    ['東京', '大阪'],
    ['pump 1', 'pump:1'],
    ['pump 1', 'pump_1'],
  ]) {
    expect(fileStem(one, ID)).not.toBe(fileStem(other, twin));
  }
});

test('every common name becomes one harmless path component', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (commonName) => {
      expect(fileStem(commonName, ID)).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,80}-1a2b3c4d(5e6f7081)?$/);
    }),
  );
});
