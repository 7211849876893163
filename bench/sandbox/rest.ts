/**
 * REST beside a plain Node HTTP server that answers the same bytes to the same requests.
 * @module
 */
import { CertificateMint } from '@/lib/sandbox/testing/certificate-mint';
import type { HttpFloorOrder, HttpLoadOrder, HttpLoadResult, RecordedAnswer } from './load-messages';
import { thingName } from './populate';
import { median, type Row } from './report';
import { call, requestText } from './requests';
import { Worker } from './worker';

const CONNECTIONS = 8;
const PAGE_SIZE = 250;
/** Pages of the list, spread over all of it, and things, that a round goes through. */
const PAGES = 40;
const DESCRIBED = 2000;
const REGISTERED = 1500;

export type RestBench = {
  api: string;
  things: number;
  rounds: number;
  durationMs: number;
  load: Worker;
  /** Runs the cases whose names contain it. */
  only: string;
};

type Case = {
  name: string;
  goal: number | undefined;
  /** `METHOD target` and body of what one round sends. */
  requests(round: number): readonly (readonly [method: string, target: string, body?: string])[];
  once: boolean;
};

/** Medians of interleaved rounds. */
export async function benchRest(bench: RestBench): Promise<Row[]> {
  const all = [describeThing(bench), await listThings(bench), registerCertificate()];
  const cases = all.filter(({ name }) => name.includes(bench.only));
  using floor = new Worker('http-floor');
  const floorPort = Number(await floor.next());
  const rows: Row[] = [];
  for (const { name, goal, requests, once } of cases) {
    const results: { sandbox: HttpLoadResult; floor: HttpLoadResult }[] = [];
    const answers = await record(bench.api, requests(-1));
    await floor.ask({ answers } satisfies HttpFloorOrder);
    // The first round warms both up and is not counted.
    for (let round = 0; round <= bench.rounds; round += 1) {
      const order = orderOf(requests(round), { once, durationMs: bench.durationMs });
      const sandboxPort = Number(new URL(bench.api).port);
      const sandbox = await bench.load.ask<HttpLoadResult>({ ...order, port: sandboxPort });
      expectSuccess(name, sandbox);
      const plain = await bench.load.ask<HttpLoadResult>({ ...order, port: floorPort });
      if (round > 0) results.push({ sandbox, floor: plain });
    }
    const perSecond = ({ answers: count, seconds }: HttpLoadResult) => count / seconds;
    rows.push({
      name,
      unit: 'requests/s',
      sandbox: median(results.map(({ sandbox }) => perSecond(sandbox))),
      floor: median(results.map((result) => perSecond(result.floor))),
      ratio: median(results.map((result) => perSecond(result.sandbox) / perSecond(result.floor))),
      goal,
      p99Ms: median(results.map(({ sandbox }) => sandbox.p99Ms)),
    });
  }
  return rows;
}

function describeThing({ things }: RestBench): Case {
  const step = Math.max(1, Math.floor(things / DESCRIBED));
  const targets = Array.from(
    { length: Math.min(things, DESCRIBED) },
    (_, index) => `/things/${thingName(index * step)}`,
  );
  return {
    name: 'DescribeThing',
    goal: 0.4,
    once: false,
    requests: () => targets.map((target) => ['GET', target] as const),
  };
}

async function listThings({ api, things }: RestBench): Promise<Case> {
  const targets: string[] = [];
  let target: string | undefined = `/things?maxResults=${PAGE_SIZE}`;
  while (target !== undefined) {
    targets.push(target);
    const page: { nextToken?: string } = await (await call(api, 'GET', target)).json();
    const token = page.nextToken;
    target = token && `/things?maxResults=${PAGE_SIZE}&nextToken=${encodeURIComponent(token)}`;
  }
  const step = Math.max(1, Math.floor(targets.length / PAGES));
  const chosen = targets.filter((_, index) => index % step === 0);
  return {
    name: `ListThings by ${PAGE_SIZE} of ${things.toLocaleString('en')}`,
    goal: 0.4,
    once: false,
    requests: () => chosen.map((page) => ['GET', page] as const),
  };
}

function registerCertificate(): Case {
  const mint = new CertificateMint();
  const ca = mint.ca('Bench CA', 'ec');
  return {
    name: 'RegisterCertificateWithoutCA',
    goal: undefined,
    once: true,
    requests: (round) =>
      Array.from({ length: round < 0 ? 1 : REGISTERED }, (_, index) => {
        const { pem: certificatePem } = mint.device(ca, `round ${round}, device ${index}`);
        const body = JSON.stringify({ certificatePem, status: 'ACTIVE' });
        return ['POST', '/certificate/register-no-ca', body] as const;
      }),
  };
}

type Requests = ReturnType<Case['requests']>;

function orderOf(requests: Requests, { once, durationMs }: { once: boolean; durationMs: number }) {
  const texts = requests.map(([method, target, body]) => requestText(method, target, body));
  const order: Omit<HttpLoadOrder, 'port'> = { requests: texts, connections: CONNECTIONS };
  return once ? order : { ...order, durationMs };
}

/** What the sandbox answers, with all headers that are its own. */
async function record(api: string, requests: Requests): Promise<[request: string, answer: RecordedAnswer][]> {
  const answers: [string, RecordedAnswer][] = [];
  for (const [method, target, body] of requests) {
    const answer = await call(api, method, target, body === undefined ? undefined : JSON.parse(body));
    const own = [...answer.headers].filter(
      ([name]) => !/^(date|connection|keep-alive|content-length)$/.test(name),
    );
    answers.push([
      `${method} ${target}`,
      { status: answer.status, headers: Object.fromEntries(own), body: await answer.text() },
    ]);
  }
  return answers;
}

function expectSuccess(name: string, { statuses, answers }: HttpLoadResult): void {
  if (statuses['200'] === answers) return;
  throw new Error(`${name} was refused: ${JSON.stringify(statuses)}`);
}
