import type {
  DescribeEventConfigurationsResponse,
  UpdateEventConfigurationsRequest,
} from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import type { Operations } from '@/lib/sandbox/operations/operation';
import type { Scope } from '@/lib/sandbox/scope';
import { ALL_OFF, EventTables, type EventType } from './event-tables';

/** Every type of the model; without dates until the first update. */
function describeEventConfigurations(scope: Scope): DescribeEventConfigurationsResponse {
  const configurations = scope.region.family(EventTables).configurations;
  const enabled = Object.entries(configurations?.enabled ?? ALL_OFF);
  return {
    eventConfigurations: Object.fromEntries(enabled.map(([type, Enabled]) => [type, { Enabled }])),
    creationDate: configurations && new Date(configurations.createdAt),
    lastModifiedDate: configurations && new Date(configurations.modifiedAt),
  };
}

/** Types that are not named stay as they are; a type without `Enabled` is switched off, the model's default. */
function updateEventConfigurations(scope: Scope, input: UpdateEventConfigurationsRequest): object {
  const tables = scope.region.family(EventTables);
  const enabled = { ...(tables.configurations?.enabled ?? ALL_OFF) };
  for (const [type, configuration] of Object.entries(input.eventConfigurations ?? {})) {
    if (!isEventType(type)) {
      const types = Object.keys(ALL_OFF).join(', ');
      throw invalidRequest(
        `1 validation error detected: Value '${type}' at 'eventConfigurations' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy enum value set: [${types}]]`,
      );
    }
    enabled[type] = configuration.Enabled ?? false;
  }
  const now = scope.now().getTime();
  tables.save({ enabled, createdAt: tables.configurations?.createdAt ?? now, modifiedAt: now });
  return {};
}

const isEventType = (type: string): type is EventType => Object.hasOwn(ALL_OFF, type);

export const eventOperations = {
  DescribeEventConfigurations: describeEventConfigurations,
  UpdateEventConfigurations: updateEventConfigurations,
} satisfies Operations;
