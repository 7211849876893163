import { describe, expect, it } from 'vitest';
import { readSettings } from './settings';

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect(readSettings({})).toEqual({
      ok: true,
      value: {
        apiPort: 4567,
        mqttPort: 8883,
        dataDir: '.data/sandbox',
        accountId: '123456789012',
        provisioningDelayMs: 1000,
        throttled: false,
      },
    });
  });

  it('takes :memory: and port 0', () => {
    const read = readSettings({ SANDBOX_DATA_DIR: ':memory:', SANDBOX_API_PORT: '0' });
    expect(read).toMatchObject({ ok: true, value: { dataDir: undefined, apiPort: 0 } });
  });

  it.each([
    ['SANDBOX_API_PORT', '65536'],
    ['SANDBOX_MQTT_PORT', '-1'],
    ['SANDBOX_MQTT_PORT', '88 83'],
    ['SANDBOX_DATA_DIR', ''],
    ['SANDBOX_ACCOUNT_ID', '12345678901'],
    ['SANDBOX_PROVISIONING_DELAY_MS', '1.5'],
    ['SANDBOX_PROVISIONING_DELAY_MS', '3600001'],
    ['SANDBOX_COMPACT_AFTER', '0'],
  ])('names %s when it is %j', (name, value) => {
    const read = readSettings({ [name]: value });
    expect(read.ok ? [] : read.failure).toEqual([
      expect.stringContaining(`${name} is ${JSON.stringify(value)}, but it must`),
    ]);
  });
});
