import type { Shadow } from '@/lib/sandbox/shadows/shadow';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table, TableIndex } from '@/lib/sandbox/state/table';

export type ShadowRecord = Shadow & {
  thingName: string;
  /** Empty: the classic shadow. */
  shadowName: string;
  /** Only its version is kept, from which the next one of the same name goes on. */
  deleted?: true;
  sequence: number;
};

/** Which shadow of which thing. */
export type ShadowName = { thingName: string; shadowName: string };

export class ShadowTables {
  readonly #shadows: Table<ShadowRecord>;
  readonly #byThing: TableIndex<ShadowRecord>;

  constructor(source: TableSource) {
    this.#shadows = source.table('shadows');
    this.#byThing = this.#shadows.indexBy((shadow) => shadow.thingName);
  }

  /** A deleted one too. */
  get(name: ShadowName): ShadowRecord | undefined {
    return this.#shadows.get(keyOf(name));
  }

  living(name: ShadowName): ShadowRecord | undefined {
    const shadow = this.get(name);
    return shadow?.deleted ? undefined : shadow;
  }

  namedShadowsOf(thingName: string): ShadowRecord[] {
    return this.#byThing.get(thingName).filter(({ shadowName, deleted }) => shadowName !== '' && !deleted);
  }

  set(shadow: ShadowRecord): void {
    this.#shadows.set(keyOf(shadow), shadow);
  }
}

/** Neither name can hold a slash (service model, `ThingName` and `ShadowName`). */
const keyOf = ({ thingName, shadowName }: ShadowName) =>
  shadowName === '' ? thingName : `${thingName}/${shadowName}`;
