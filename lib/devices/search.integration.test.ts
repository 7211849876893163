/** Which device is meant, out of a real ledger and a running sandbox. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import {
  AttachThingPrincipalCommand,
  CreateThingCommand,
  RegisterCACertificateCommand,
  RegisterCertificateWithoutCACommand,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SANDBOX_CREDENTIALS, sandboxEnvironment } from '@/lib/aws/testing/sandbox-environment';
import type { Environment } from '@/lib/config/environments';
import { type LookUp, NO_LOOK_UP } from '@/lib/diagnosis/look-up';
import { reserve } from '@/lib/ledger/record';
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { CertificateMint, type MintedDevice } from '@/lib/sandbox/testing/certificate-mint';
import { clientsFor } from '@/lib/sandbox/testing/clients';
import { startEmbeddedDatabase } from '@/lib/testing/embedded-database';
import { expectOk } from '@/lib/testing/expect-ok';
import { searchDevices } from './search';

let ledger: AsyncDisposable;
let sandbox: Sandbox;
const mint = new CertificateMint(1);
const ca = mint.ca('search TESTING ONLY', 'ec');
const CA_ID = createHash('sha256').update(ca.der).digest('hex');
const devices = new Map<string, MintedDevice>();
const sdk = () => clientsFor(sandbox.api, 'eu-central-1').iot;

const device = (name: string): MintedDevice => {
  const made = devices.get(name) ?? mint.device(ca, name);
  devices.set(name, made);
  return made;
};

beforeAll(async () => {
  for (const [name, value] of Object.entries(SANDBOX_CREDENTIALS)) vi.stubEnv(name, value);
  [ledger, sandbox] = await Promise.all([startEmbeddedDatabase(), startSandbox()]);
  await sdk().send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      certificateMode: 'SNI_ONLY',
      setAsActive: true,
    }),
  );
  await inAws('aws-1', 'aws-thing');
  await inAws('both-1', 'both-1');
  await inAws('twin-1', 'shared-thing');
  await inAws('twin-2', 'shared-thing');
  await sdk().send(new CreateThingCommand({ thingName: 'bare-thing' }));
  await issued('ledger-1', 'a1b2c3');
  await issued('ledger-10', '00f1b2c3');
  await issued('both-1', 'd4');
  await issued('renamed', '12');
  const again = mint.device(ca, 'renamed');
  devices.set('renamed again', again);
  await issued('renamed again', '12', 'renamed');
}, 120_000);

afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await ledger[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

async function inAws(name: string, thingName: string): Promise<void> {
  const { certificateArn } = await sdk().send(
    new RegisterCertificateWithoutCACommand({ certificatePem: device(name).pem, status: 'ACTIVE' }),
  );
  await sdk().send(new CreateThingCommand({ thingName }));
  await sdk().send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }));
}

async function issued(name: string, serial: string, commonName = name): Promise<void> {
  expectOk(
    await reserve({
      environment: 'sandbox',
      certificateId: device(name).certificateId,
      caId: CA_ID,
      serial,
      subject: { text: `CN=${commonName}`, fields: { commonName }, keyOrigin: 'console' },
      commonName,
      notBefore: new Date('2026-01-01'),
      notAfter: new Date('2099-01-01'),
      operatorId: 'ada',
      operatorName: 'Ada',
    }),
  );
}

async function searched(lookUp: Partial<LookUp>, endpoints: Partial<Environment['endpoints']> = {}) {
  const environment = sandboxEnvironment(sandbox);
  const answer = await searchDevices(
    { ...environment, endpoints: { ...environment.endpoints, ...endpoints } },
    { ...NO_LOOK_UP, ...lookUp },
  );
  return {
    ...answer,
    found: answer.candidates.map((each) => {
      if (each.kind === 'ca') return 'CA';
      return each.kind === 'thing' ? `thing ${each.name}` : nameOf(each.certificateId);
    }),
    diagnosed: answer.device && nameOf(answer.device.certificateId),
  };
}

const nameOf = (id: string): string =>
  [...devices].find(([, { certificateId }]) => certificateId === id)?.[0] ?? id;
const outcomes = ({ looked }: Awaited<ReturnType<typeof searched>>) =>
  Object.fromEntries(looked.map(({ place, outcome }) => [place, outcome]));

describe('one device is found, and diagnosed at once,', () => {
  it.each([
    {
      lookUp: () => ({ certificateIds: [device('aws-1').certificateId] }),
      name: 'aws-1',
      by: 'its id, in AWS only',
    },
    {
      lookUp: () => ({ certificateIds: [device('ledger-1').certificateId] }),
      name: 'ledger-1',
      by: 'its id, in the ledger only',
    },
    { lookUp: () => ({ names: ['both-1'] }), name: 'both-1', by: 'a name that ledger and registry have' },
    {
      lookUp: () => ({ names: ['ledger-1'] }),
      name: 'ledger-1',
      by: 'its whole name, though another begins so',
    },
    { lookUp: () => ({ things: ['aws-thing'] }), name: 'aws-1', by: 'its thing' },
    { lookUp: () => ({ serials: ['a1b2c3'] }), name: 'ledger-1', by: 'its serial number' },
    {
      lookUp: () => ({ serials: ['f1b2c3'] }),
      name: 'ledger-10',
      by: 'a serial number with a leading zero octet',
    },
    {
      lookUp: () => ({ certificatePem: device('unknown').pem }),
      name: 'unknown',
      by: 'a certificate that nobody has',
    },
  ])('by $by', async ({ lookUp, name }) => {
    const { found, diagnosed } = await searched(lookUp());
    expect([found, diagnosed]).toEqual([[name], name]);
  });

  it('of whom ledger and AWS both know it', async () => {
    const { candidates } = await searched({ certificateIds: [device('both-1').certificateId] });
    expect(candidates).toMatchObject([
      { commonName: 'both-1', status: 'ACTIVE', witnesses: ['ledger', 'certificates'] },
    ]);
  });

  it('by the name in its certificate, where only AWS has it', async () => {
    const { candidates } = await searched({ certificateIds: [device('aws-1').certificateId] });
    expect(candidates).toMatchObject([{ commonName: 'aws-1', witnesses: ['certificates'] }]);
  });

  it('also where it says that nobody registered its CA', async () => {
    const stray = mint.device(mint.ca('elsewhere TESTING ONLY', 'ec'), 'stray');
    const { device: said } = await searched({ certificatePem: stray.pem });
    expect(said?.diagnosis.findings.map(({ code }) => code)).toContain('issuing-ca-not-registered');
  });
});

describe('several that may be meant are listed, and none is diagnosed:', () => {
  it.each([
    { lookUp: { things: ['shared-thing'] }, names: ['twin-1', 'twin-2'], why: 'one thing, two certificates' },
    { lookUp: { names: ['ledger'] }, names: ['ledger-10', 'ledger-1'], why: 'the beginning of two names' },
    { lookUp: { names: ['renamed'] }, names: ['renamed again', 'renamed'], why: 'one name, issued twice' },
    { lookUp: { serials: ['12'] }, names: ['renamed again', 'renamed'], why: 'one serial number of two' },
  ])('$why', async ({ lookUp, names }) => {
    const { found, diagnosed } = await searched(lookUp);
    expect([new Set(found), diagnosed]).toEqual([new Set(names), undefined]);
  });
});

describe('what is no device is called what it is:', () => {
  it('a thing without a certificate', async () => {
    const { candidates } = await searched({ names: ['bare-thing'] });
    expect(candidates).toEqual([
      { kind: 'thing', name: 'bare-thing', hasNoCertificate: true, witnesses: ['things'] },
    ]);
  });

  it("a CA, whose id looks like a device certificate's", async () => {
    expect((await searched({ certificateIds: [CA_ID] })).candidates).toMatchObject([
      { kind: 'ca', status: 'ACTIVE' },
    ]);
    expect((await searched({ caIds: [CA_ID] })).found).toEqual(['CA']);
  });
});

describe('where nothing is found, it is said where it was looked:', () => {
  it('an id', async () => {
    const answer = await searched({ certificateIds: ['0'.repeat(64)] });
    expect([answer.candidates, outcomes(answer)]).toEqual([
      [],
      { ledger: 'nothing', certificates: 'nothing', 'certificate-authorities': 'nothing' },
    ]);
  });

  it('a name with a zero byte, which no database keeps', async () => {
    const answer = await searched({ names: ['led\0ger'] });
    expect([answer.candidates, outcomes(answer)]).toEqual([[], { ledger: 'nothing' }]);
  });

  it('a name, without and with the fleet index', async () => {
    expect(outcomes(await searched({ names: ['nobody'] }))).toEqual({
      ledger: 'nothing',
      things: 'nothing',
      index: 'off',
    });
    await sdk().send(
      new UpdateIndexingConfigurationCommand({
        thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' },
      }),
    );
    // AWS builds the index first, and answers that it is not ready.
    await vi.waitFor(
      async () => expect(outcomes(await searched({ names: ['nobody'] }))).toMatchObject({ index: 'nothing' }),
      { timeout: 10_000 },
    );
    expect((await searched({ names: ['aws-th'] })).found).toEqual(['thing aws-thing']);
  });
});

describe('a console whose AWS role lacks permissions', () => {
  /** Refuses what begins with one of `paths`, and passes the rest on. */
  async function refusing(...paths: string[]) {
    const server = createServer((request, response) => {
      if (paths.some((path) => request.url?.startsWith(path))) {
        response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' });
        response.end('{"message":"no"}');
        return;
      }
      const { method, headers, url } = request;
      const passed = send(`${sandbox.api}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(passed);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { iot: `http://127.0.0.1:${address.port}`, [Symbol.dispose]: () => server.close() };
  }

  it('gives what it can, and says what it could not ask', async () => {
    using door = await refusing('/things', '/certificates');
    const answer = await searched({ names: ['both-1'] }, { iot: door.iot });
    expect(answer.found).toEqual(['both-1']);
    expect(outcomes(answer)).toEqual({ ledger: 'found', things: 'refused' });
    expect(answer.device?.diagnosis.unseen).toContainEqual(
      expect.objectContaining({ fact: 'certificate', why: 'not-permitted' }),
    );
  });

  it('does not take refusal for absence', async () => {
    using door = await refusing('/things', '/certificates', '/cacertificate');
    const answer = await searched({ certificateIds: [device('aws-1').certificateId] }, { iot: door.iot });
    expect([answer.found, outcomes(answer)]).toEqual([
      [],
      { ledger: 'nothing', certificates: 'refused', 'certificate-authorities': 'refused' },
    ]);
  });
});
