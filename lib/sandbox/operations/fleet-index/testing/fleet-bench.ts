/**
 * A sandbox whose index is built when the test says so, with two pumps and a valve, and boto3 to ask it.
 * @module
 */
import { type Sandbox, startSandbox } from '@/lib/sandbox/start-sandbox';
import { Boto } from '@/lib/sandbox/testing/boto';

export const REGISTRY = { thingIndexingMode: 'REGISTRY' };

/** Longer than an index takes to build. */
const BUILT_MS = 1000;

const THINGS: readonly { thingName: string; attributes: Record<string, string>; thingTypeName?: string }[] = [
  { thingName: 'pump-1', attributes: { model: '1.2', country: 'usa', load: '75' }, thingTypeName: 'pump' },
  { thingName: 'pump-2', attributes: { model: '1.3', load: '80' } },
  { thingName: 'Valve-1', attributes: { model: 'legacy', load: '9' } },
];

export class FleetBench implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly boto: Boto;
  readonly #clock: { nowMs: number };

  private constructor(sandbox: Sandbox, clock: { nowMs: number }) {
    this.sandbox = sandbox;
    this.boto = new Boto(sandbox.api);
    this.#clock = clock;
  }

  static async open(): Promise<FleetBench> {
    const clock = { nowMs: Date.UTC(2026, 0, 1) };
    const bench = new FleetBench(await startSandbox({ now: () => new Date(clock.nowMs) }), clock);
    const { boto } = bench;
    await boto.ok('iot.create_thing_type', { thingTypeName: 'pump' });
    for (const { thingName, attributes, thingTypeName } of THINGS) {
      await boto.ok('iot.create_thing', { thingName, attributePayload: { attributes }, thingTypeName });
    }
    await boto.ok('iot.create_thing_group', { thingGroupName: 'plant' });
    await boto.ok('iot.create_thing_group', { thingGroupName: 'hall', parentGroupName: 'plant' });
    await boto.ok('iot.add_thing_to_thing_group', { thingGroupName: 'hall', thingName: 'pump-2' });
    return bench;
  }

  letIndexBuild(): void {
    this.#clock.nowMs += BUILT_MS;
  }

  /** Configures the index of things; it is built when this resolves. */
  async configure(thingIndexingConfiguration: object): Promise<void> {
    await this.boto.ok('iot.update_indexing_configuration', { thingIndexingConfiguration });
    this.letIndexBuild();
  }

  /** The names of the things that a query finds. */
  async search(queryString: string): Promise<string[]> {
    const { things } = await this.boto.ok('iot.search_index', { queryString });
    return things.map((thing: { thingName: string }) => thing.thingName);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.boto[Symbol.dispose]();
    await this.sandbox.close();
  }
}
