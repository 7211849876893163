import type { Connectivity } from '@/lib/sandbox/connectivity';
import { type ShadowRecord, ShadowTables } from '@/lib/sandbox/operations/shadows/shadow-tables';
import { groupsOfThing } from '@/lib/sandbox/operations/thing-groups/thing-groups-of-thing';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import type { ThingIndexing } from './index-tables';
import { connectivityOfThing } from './thing-connectivity';

/**
 * What the index knows of things. Nothing is copied: each part of a thing is read when a query asks for it, which is
 * always the latest and costs a search over 100 000 names some ten milliseconds.
 */
export class ThingIndex {
  readonly indexing: ThingIndexing;
  readonly #scope: Scope;
  readonly #shadows: ShadowTables;

  constructor(scope: Scope, indexing: ThingIndexing) {
    this.#scope = scope;
    this.indexing = indexing;
    this.#shadows = scope.region.family(ShadowTables);
  }

  things(): Iterable<ThingRecord> {
    return this.#scope.region.things.values();
  }

  groupNamesOf({ thingName }: ThingRecord): string[] {
    return groupsOfThing(this.#scope.region, thingName).map(({ thingGroupName }) => thingGroupName);
  }

  /** Undefined when connectivity is not indexed; a thing that never connected is not connected. */
  connectivityOf({ thingName }: ThingRecord): Partial<Connectivity> | undefined {
    if (this.indexing.thingConnectivityIndexingMode === 'OFF') return undefined;
    return connectivityOfThing(this.#scope, thingName) ?? { connected: false };
  }

  classicShadowOf({ thingName }: ThingRecord): ShadowRecord | undefined {
    if (this.indexing.thingIndexingMode === 'REGISTRY') return undefined;
    return this.#shadows.living({ thingName, shadowName: '' });
  }

  namedShadowOf({ thingName }: ThingRecord, shadowName: string): ShadowRecord | undefined {
    if (!this.indexing.namedShadowNames.includes(shadowName)) return undefined;
    return this.#shadows.living({ thingName, shadowName });
  }
}
