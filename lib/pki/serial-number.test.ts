import { expect, test } from 'vitest';
import { randomSerialNumber } from './serial-number';

const filledWith = (byte: number): Crypto =>
  Object.assign(Object.create(crypto), { getRandomValues: (bytes: Uint8Array) => bytes.fill(byte) });

test.each([
  { byte: 0x00, first: '40', reason: 'never zero, never shorter' },
  { byte: 0xff, first: '7f', reason: 'never negative' },
])('a serial has 16 octets and is positive: $reason', ({ byte, first }) => {
  const serial = randomSerialNumber(filledWith(byte));
  expect(serial).toHaveLength(32);
  expect(serial.slice(0, 2)).toBe(first);
});

test('serials differ', () => {
  const serials = Array.from({ length: 1000 }, () => randomSerialNumber(crypto));
  expect(new Set(serials).size).toBe(1000);
});
