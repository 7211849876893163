import { invalidRequest } from '@/lib/sandbox/api-error';
import {
  type ThingGroupRecord,
  ThingGroupTables,
} from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import type { Scope } from '@/lib/sandbox/scope';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import type { SearchableIndex } from './index-state';
import { THINGS_INDEX } from './index-tables';
import { compileQuery, type SearchableFields } from './query/compile-query';
import { parseQuery } from './query/parse-query';
import type { Query } from './query/query';
import { invalidQuery } from './query-fault-text';
import { thingFields } from './thing-fields';
import { thingGroupFields } from './thing-group-fields';
import { ThingIndex } from './thing-index';

/** The only version that the service model names. */
const QUERY_VERSION = '2017-09-30';

/** What an index finds for a query, in order of creation. */
export type Found =
  | { kind: 'things'; index: ThingIndex; documents: Iterable<ThingRecord> }
  | { kind: 'thing-groups'; documents: Iterable<ThingGroupRecord> };

/** @throws ApiError InvalidQueryException, InvalidRequestException */
export function matchingDocuments(
  scope: Scope,
  searchable: SearchableIndex,
  { queryString, queryVersion = QUERY_VERSION }: { queryString: string; queryVersion: string | undefined },
): Found {
  if (queryVersion !== QUERY_VERSION) throw invalidRequest(`Query version ${queryVersion} is not supported.`);
  const query = parseQuery(queryString);
  if (!query.ok) throw invalidQuery(query.failure);
  if (searchable.name === THINGS_INDEX) {
    const index = new ThingIndex(scope, searchable.indexing);
    const fields = explaining(scope, thingFields(index));
    return { kind: 'things', index, documents: filtered(index.things(), { query: query.value, fields }) };
  }
  const groups = scope.region.family(ThingGroupTables).groups.values();
  const fields = explaining(scope, thingGroupFields(scope.region));
  return { kind: 'thing-groups', documents: filtered(groups, { query: query.value, fields }) };
}

function* filtered<Document>(
  documents: Iterable<Document>,
  { query, fields }: { query: Query; fields: SearchableFields<Document> },
): Generator<Document> {
  const matches = compileQuery(query, fields);
  for (const document of documents) if (matches(document)) yield document;
}

/** A field that is not indexed matches nothing, which looks like an empty fleet; this tells the difference. */
function explaining<Document>(
  { sandbox, region, now }: Scope,
  fields: SearchableFields<Document>,
): SearchableFields<Document> {
  return {
    anyField: fields.anyField,
    field(name) {
      const search = fields.field(name);
      if (search) return search;
      const message = `The query names the field ${name}, which the index does not hold as it is configured: no document matches it.`;
      sandbox.explanations.explain(
        { code: 'index-field-unknown', message, region: region.name, params: { field: name } },
        now(),
      );
      return undefined;
    },
  };
}
