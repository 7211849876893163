import { afterEach, describe, expect, test, vi } from 'vitest';
import { type BatchDevice, devicesOfPattern, devicesOfTable } from '@/lib/batch/batch-device';
import { readPattern } from '@/lib/batch/pattern';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import { expectOk } from '@/lib/testing/expect-ok';
import { THINGS_ASKED_MAX } from './ask-aws';
import { namesQuestion } from './batch-answers';
import { checkDevices, hasConcerns } from './check-devices';
import { createThingLister, THING_PAGES_MAX } from './thing-list';

const URLS = { registryUrl: 'http://console/registry', namesUrl: 'http://console/names' };

const template = (thingName: unknown, more: Record<string, { Type: 'String' }> = {}): Template =>
  expectOk(
    parseTemplate(
      JSON.stringify({
        Parameters: {
          'AWS::IoT::Certificate::CommonName': { Type: 'String' },
          ...more,
          'AWS::IoT::Certificate::SerialNumber': { Type: 'String' },
          'AWS::IoT::Certificate::Id': { Type: 'String' },
        },
        Resources: {
          thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: thingName } },
          certificate: {
            Type: 'AWS::IoT::Certificate',
            Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
          },
        },
      }),
    ),
  );
const BY_NAME = template({ Ref: 'AWS::IoT::Certificate::CommonName' });
const UNIT = 'AWS::IoT::Certificate::OrganizationalUnit';
const BY_UNIT = template({ Ref: UNIT }, { [UNIT]: { Type: 'String' } });
const BY_SERIAL = template({ Ref: 'AWS::IoT::Certificate::SerialNumber' });

const pattern = (text: string): BatchDevice[] => devicesOfPattern(expectOk(readPattern(text)), {}).devices;

type Answers = {
  ledger?: (question: { names: string[]; things: string[] }) => { status: number; body: unknown };
  /** Things that AWS has; undefined: AWS does not answer. */
  aws?: readonly string[] | undefined;
  /** Why their list does not come to an end. */
  listing?: 'endless' | 'failed' | 'nobody there';
};

const NOTHING_TAKEN = { status: 200, body: { taken: [], takenThings: [] } };

/** A console's server that takes the questions of the names as the real one does. */
function serve({ ledger = () => NOTHING_TAKEN, listing, ...rest }: Answers): {
  asked: string[];
  pages: number;
} {
  const aws = 'aws' in rest ? rest.aws : [];
  const seen = { asked: [] as string[], pages: 0 };
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (url === URLS.namesUrl) {
      const parsed = namesQuestion.safeParse(JSON.parse(String(init?.body)));
      const { status, body } = parsed.success
        ? ledger(parsed.data)
        : { status: 400, body: { refused: 'names' } };
      return Response.json(body, { status });
    }
    const { pathname, searchParams } = new URL(url);
    if (pathname === '/registry/things') {
      const pages = Number(searchParams.get('pages'));
      seen.pages += pages;
      if (listing === 'nobody there') return Response.json('no', { status: 502 });
      if (listing === 'failed') return Response.json({ kind: 'failed' });
      const names = [...(aws ?? []), `other-${seen.pages}`];
      return Response.json(
        listing === 'endless' ? { kind: 'more', names, nextToken: 'next' } : { kind: 'end', names },
      );
    }
    const things = searchParams.getAll('thing');
    seen.asked.push(...things);
    return Response.json({
      things: aws
        ? Object.fromEntries(things.map((name) => [name, aws.includes(name) ? { attributes: {} } : null]))
        : {},
      policies: {},
      namesakes: [],
      isPartial: aws === undefined,
    });
  });
  return seen;
}

async function check(devices: readonly BatchDevice[], used: Template | undefined) {
  const lister = createThingLister(URLS.registryUrl, () => 0);
  const asked = { ...URLS, lister, onNames: () => {} };
  const done = await checkDevices(devices, used, asked, new AbortController().signal);
  if (done === undefined) throw new Error('aborted');
  return done;
}

afterEach(() => vi.unstubAllGlobals());

describe('the ledger', () => {
  test('is asked about every name that can be issued, with 64 characters beyond the basic plane too', async () => {
    const long = '😀'.repeat(63);
    serve({
      ledger: ({ names }) => ({
        status: 200,
        body: { taken: names.filter((name) => name === 'pump-7'), takenThings: [] },
      }),
    });
    const { devices } = devicesOfTable(
      [`${long}😀`, `"${'\\'.repeat(62)}"`, 'pump-7'].map((name, index) => ({
        line: index + 1,
        cells: [name],
      })),
      ['commonName'],
      {},
    );
    const done = await check(devices, undefined);
    expect(done.taken.map(({ line }) => line)).toEqual([3]);
    expect(done.isPartial).toBe(false);
  });

  test.each([
    ['refuses the question', { status: 400, body: { refused: 'names' } }],
    ['is behind a server that knows no things', { status: 200, body: { taken: [] } }],
    ['is broken', { status: 500, body: 'no' }],
  ])('that %s has said nothing, which needs the person’s consent', async (_, answer) => {
    serve({ ledger: () => answer });
    const done = await check(pattern('pump-{1..3}'), BY_NAME);
    expect(done).toMatchObject({ isPartial: true, taken: [], thingTaken: [] });
    expect(hasConcerns(done)).toBe(true);
  });

  test('knows things that AWS was not asked about', async () => {
    serve({
      ledger: ({ things }) => ({
        status: 200,
        body: { taken: ['pump-3'], takenThings: things.filter((name) => /-(3|1998)$/.test(name)) },
      }),
    });
    const done = await check(pattern('pump-{1..2000}'), BY_NAME);
    expect(done.taken.map(({ line }) => line)).toEqual([3]);
    expect(done.thingTaken.map(({ line }) => line)).toEqual([1998]);
    expect(hasConcerns(done)).toBe(true);
  });
});

describe('the template', () => {
  const inUnits = (units: readonly string[]) =>
    devicesOfTable(
      units.map((unit, index) => ({ line: index + 2, cells: [`pump-${index}`, unit] })),
      ['commonName', 'organizationalUnit'],
      {},
    ).devices;

  test('that gives several devices one thing is a finding, with their lines', async () => {
    serve({});
    const done = await check(inUnits(['a', 'b', 'a', 'c', 'c', 'a', 'A']), BY_UNIT);
    expect(done.shared).toEqual({
      devices: 5,
      things: 2,
      first: [
        { thing: 'a', places: ['2', '4', '7'], count: 3 },
        { thing: 'c', places: ['5', '6'], count: 2 },
      ],
    });
    expect(hasConcerns(done)).toBe(true);
  });

  test('that gives each its own is none', async () => {
    serve({});
    const done = await check(inUnits(['a', 'b']), BY_UNIT);
    expect(done.shared.devices).toBe(0);
    expect(hasConcerns(done)).toBe(false);
  });

  test('names a bounded number of shared things and lines, and counts all', async () => {
    serve({});
    const done = await check(inUnits(Array.from({ length: 400 }, (_, at) => `u${at % 20}`)), BY_UNIT);
    expect(done.shared).toMatchObject({ devices: 400, things: 20 });
    expect(done.shared.first).toHaveLength(10);
    expect(done.shared.first[0]).toMatchObject({ thing: 'u0', count: 20 });
    expect(done.shared.first[0]?.places).toHaveLength(10);
  });
});

describe('AWS', () => {
  test('is asked about each thing of a short list', async () => {
    const seen = serve({ aws: ['pump-2'] });
    const done = await check(pattern('pump-{1..3}'), BY_NAME);
    expect(done.inAws).toMatchObject({ asked: 3, named: 3, found: [{ line: 2 }], way: { kind: 'each' } });
    expect(seen.pages).toBe(0);
  });

  test('lists its things for a long one: every device is compared', async () => {
    const seen = serve({ aws: ['pump-77', 'pump-500', 'PUMP-78'] });
    const done = await check(pattern('pump-{1..500}'), BY_NAME);
    expect(done.inAws).toMatchObject({ asked: 500, named: 500, way: { kind: 'list', things: 4 } });
    expect(done.inAws.found.map(({ line }) => line)).toEqual([77, 500]);
    expect(done.isPartial).toBe(false);
    // Those of the first and the last device's dry run.
    expect(seen.asked).toHaveLength(2);
  });

  test.each([
    ['has more than are read', 'endless', 'too-many', ['pump-2', 'pump-3']],
    ['does not list them', 'failed', 'failed', []],
    ['is behind a server that is not there', 'nobody there', 'failed', []],
  ] as const)('that %s is asked about a sample, which is said', async (_, listing, reason, found) => {
    const seen = serve({ aws: ['pump-2', 'pump-3'], listing });
    const done = await check(pattern('pump-{1..500}'), BY_NAME);
    expect(done.inAws).toMatchObject({ named: 500, way: { kind: 'sample', reason } });
    expect(done.inAws.asked).toBe(THINGS_ASKED_MAX + found.length);
    expect(done.inAws.found.map(({ subject }) => subject.commonName)).toEqual(found);
    expect(seen.asked).toHaveLength(THINGS_ASKED_MAX + 2);
  });

  test('lists no more pages than there are devices', async () => {
    const seen = serve({ listing: 'endless' });
    await check(pattern('pump-{1..45}'), BY_NAME);
    expect(seen.pages).toBe(45);
    seen.pages = 0;
    await check(pattern('pump-{1..3000}'), BY_NAME);
    expect(seen.pages).toBe(THING_PAGES_MAX);
  });

  test.each([
    ['no template', undefined],
    ['a name that is not known yet', BY_SERIAL],
  ])('is not asked with %s, and nothing is said to be unanswered', async (_, used) => {
    const seen = serve({});
    const done = await check(pattern('pump-{1..3}'), used);
    expect(seen.asked).toEqual([]);
    expect(done).toMatchObject({ isPartial: false, inAws: { asked: 0, named: 0 } });
    expect(hasConcerns(done)).toBe(false);
  });

  test('that does not answer has been asked about nothing', async () => {
    serve({ aws: undefined });
    const done = await check(pattern('pump-{1..3}'), BY_NAME);
    expect(done).toMatchObject({ isPartial: true, inAws: { asked: 0, named: 3 } });
    expect(hasConcerns(done)).toBe(true);
  });
});
