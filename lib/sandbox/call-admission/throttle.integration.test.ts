import { ListThingsCommand } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { clientsFor, refusalOf } from '@/lib/sandbox/testing/clients';

let sandbox: Sandbox;
let now = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  sandbox = await startSandbox({ throttled: true, now: () => new Date(now) });
});
afterAll(() => sandbox.close());

behaviour(
  'With SANDBOX_THROTTLE=aws the eleventh ListThings within a second is refused with ThrottlingException, status 400, and a tenth of a second later one passes',
  { known: 'documented', source: 'AWS IoT Core quotas, API throttling limits' },
  async () => {
    const { iot } = clientsFor(sandbox.api);
    const list = () => iot.send(new ListThingsCommand({}));
    for (let call = 0; call < 10; call += 1) await list();
    expect(await refusalOf(list())).toEqual({
      name: 'ThrottlingException',
      status: 400,
      message: 'Rate exceeded',
    });
    now += 100;
    await list();
    expect(await refusalOf(list())).toMatchObject({ name: 'ThrottlingException' });
    await clientsFor(sandbox.api, 'eu-west-1').iot.send(new ListThingsCommand({}));
  },
);
