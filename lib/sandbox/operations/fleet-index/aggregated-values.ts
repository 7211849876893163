import { ApiError, required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import { type SearchableIndex, searchableIndex } from './index-state';
import { type IndexField, THINGS_INDEX } from './index-tables';
import { THING_GROUP_MANAGED_FIELDS, thingManagedFields } from './managed-fields';
import { matchingDocuments } from './matching-documents';
import { numberOf } from './query/bound-value';
import type { FieldSearch } from './query/compile-query';
import type { FieldValue } from './query/compile-term';
import { thingField } from './thing-fields';
import { thingGroupField } from './thing-group-fields';

export type AggregationRequest = {
  queryString: string | undefined;
  indexName?: string | undefined;
  aggregationField?: string | undefined;
  queryVersion?: string | undefined;
};

/** The values of one field in the documents that a query finds; documents without it, or of another type, give none. */
export type AggregatedValues = {
  type: IndexField['type'];
  values: FieldValue[];
  /** How many documents the query finds, with and without the field. */
  documentCount: number;
};

/** @throws ApiError InvalidAggregationException for a field that is neither managed nor custom, and as SearchIndex throws */
export function aggregatedValues(
  scope: Scope,
  request: AggregationRequest,
  aggregationField: string,
): AggregatedValues {
  const searchable = searchableIndex(scope, request.indexName);
  const { type } = requireField(searchable, aggregationField);
  const queryString = required(request.queryString, 'queryString');
  const found = matchingDocuments(scope, searchable, { queryString, queryVersion: request.queryVersion });
  return found.kind === 'things'
    ? collect(found.documents, { type, field: thingField(found.index, aggregationField) })
    : collect(found.documents, { type, field: thingGroupField(scope.region, aggregationField) });
}

function collect<Document>(
  documents: Iterable<Document>,
  { type, field }: { type: IndexField['type']; field: FieldSearch<Document> | undefined },
): AggregatedValues {
  const values: FieldValue[] = [];
  let documentCount = 0;
  for (const document of documents) {
    documentCount += 1;
    field?.(document, (value) => {
      const typed = valueOfType(value, type);
      if (typed !== undefined) values.push(typed);
      return false;
    });
  }
  return { type, values, documentCount };
}

/** "If there is a type inconsistency …, the Fleet Indexing service ignores the inconsistent value" (guide, "Managing thing indexing"). Attributes are text that may write a number or a boolean. */
function valueOfType(value: FieldValue, type: IndexField['type']): FieldValue | undefined {
  switch (type) {
    case 'String':
      return typeof value === 'string' ? value : undefined;
    case 'Number': {
      const number = typeof value === 'string' ? numberOf(value) : value;
      return typeof number === 'number' ? number : undefined;
    }
    case 'Boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' || value === 'false' ? value === 'true' : undefined;
  }
}

function requireField(searchable: SearchableIndex, name: string): IndexField {
  const { customFields } = searchable.indexing;
  const managed =
    searchable.name === THINGS_INDEX ? thingManagedFields(searchable.indexing) : THING_GROUP_MANAGED_FIELDS;
  const field = [...managed, ...customFields].find((known) => isField(known.name, name));
  if (field) return field;
  throw new ApiError(
    'InvalidAggregationException',
    `Aggregation field ${name} is neither a managed nor a custom field of the index.`,
  );
}

/** Managed fields of named shadows have `*` where the shadow's name stands. */
function isField(known: string, name: string): boolean {
  if (!known.includes('*')) return known === name;
  const [before = '', after = ''] = known.split('*');
  return name.startsWith(before) && name.endsWith(after) && name.length > known.length - 1;
}
