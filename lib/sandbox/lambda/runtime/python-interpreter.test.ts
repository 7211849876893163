import { expect, it, vi } from 'vitest';
import { pythonInterpreter } from './python-interpreter';

const { probe } = vi.hoisted(() => ({ probe: vi.fn() }));
vi.mock('node:child_process', async () => {
  const { promisify } = await import('node:util');
  return { execFile: Object.assign(() => undefined, { [promisify.custom]: probe }) };
});

it('looks again for a Python that could not be started, and no more once there is one', async () => {
  probe.mockRejectedValueOnce(new Error('spawn python3 EMFILE'));
  expect(await pythonInterpreter()).toBe(undefined);
  probe.mockResolvedValue({ stdout: '/usr/bin/python3\n' });
  expect(await pythonInterpreter()).toBe('/usr/bin/python3');
  await pythonInterpreter();
  expect(probe).toHaveBeenCalledTimes(2);
});
