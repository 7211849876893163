import type { EventType as ModelEventType } from '@aws-sdk/client-iot';
import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

/** Kinds of events that an account can switch on. */
export type EventType = `${ModelEventType}`;

export type EventConfigurationsRecord = {
  enabled: Readonly<Record<EventType, boolean>>;
  createdAt: number;
  modifiedAt: number;
};

/** Off until an account switches them on (AWS IoT Core Developer Guide, "Enable events for AWS IoT"). */
export const ALL_OFF: Readonly<Record<EventType, boolean>> = {
  THING: false,
  THING_GROUP: false,
  THING_TYPE: false,
  THING_GROUP_MEMBERSHIP: false,
  THING_GROUP_HIERARCHY: false,
  THING_TYPE_ASSOCIATION: false,
  JOB: false,
  JOB_EXECUTION: false,
  POLICY: false,
  CERTIFICATE: false,
  CA_CERTIFICATE: false,
};

const KEY = 'event-configurations';

export class EventTables {
  readonly #configurations: Table<EventConfigurationsRecord>;

  constructor(source: TableSource) {
    this.#configurations = source.table('event-configurations');
  }

  /** Undefined until the first update. */
  get configurations(): EventConfigurationsRecord | undefined {
    return this.#configurations.get(KEY);
  }

  save(configurations: EventConfigurationsRecord): void {
    this.#configurations.set(KEY, configurations);
  }

  isEnabled(type: EventType): boolean {
    return this.configurations?.enabled[type] ?? false;
  }
}
