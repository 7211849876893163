import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CertificateFollower } from './certificate-follower';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function follower(statusOf: (certificateId: string) => string | undefined) {
  const looks: string[] = [];
  const told: string[] = [];
  let atOnce = 0;
  const made = new CertificateFollower({
    async look(certificateId) {
      looks.push(certificateId);
      atOnce += 1;
      expect(atOnce).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 100));
      atOnce -= 1;
      return statusOf(certificateId);
    },
    tell: (certificateId, status) => told.push(`${certificateId} ${status}`),
  });
  return { made, looks, told };
}

it('tells once that a certificate has become active, and looks no more', async () => {
  let status = 'PENDING_ACTIVATION';
  const { made, looks, told } = follower(() => status);
  made.follow('a');
  await vi.advanceTimersByTimeAsync(2_500);
  expect(told).toEqual([]);
  status = 'ACTIVE';
  await vi.advanceTimersByTimeAsync(2_500);
  expect(told).toEqual(['a ACTIVE']);
  expect(looks).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(looks).toHaveLength(3);
});

it('looks ever more rarely at one that stays pending, tells so, and gives up after a quarter of an hour', async () => {
  const { made, looks, told } = follower(() => 'PENDING_ACTIVATION');
  made.follow('a');
  await vi.advanceTimersByTimeAsync(60_500);
  expect(looks).toHaveLength(7);
  expect(told).toEqual(Array(4).fill('a PENDING_ACTIVATION'));
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(looks).toHaveLength(11);
});

it('begins anew with another contact', async () => {
  const { made, looks } = follower(() => 'PENDING_ACTIVATION');
  made.follow('a');
  await vi.advanceTimersByTimeAsync(3_600_000);
  made.follow('a');
  await vi.advanceTimersByTimeAsync(1_100);
  expect(looks).toHaveLength(12);
});

it('looks again later where AWS did not answer', async () => {
  let status: string | undefined;
  const { made, told } = follower(() => status);
  made.follow('a');
  await vi.advanceTimersByTimeAsync(5_000);
  status = 'ACTIVE';
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toEqual(['a ACTIVE']);
});

it('looks at one at a time, and at each of five hundred', async () => {
  const { made, looks, told } = follower(() => 'ACTIVE');
  for (let number = 0; number < 500; number += 1) made.follow(String(number));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(new Set(looks).size).toBe(500);
  expect(told).toHaveLength(500);
});

it('looks at nothing once it was stopped', async () => {
  const { made, looks } = follower(() => 'ACTIVE');
  made.follow('a');
  made.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toEqual([]);
});
