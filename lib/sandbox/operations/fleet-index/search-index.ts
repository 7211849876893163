import type {
  SearchIndexRequest,
  SearchIndexResponse,
  ThingConnectivity,
  ThingDocument,
  ThingGroupDocument,
} from '@aws-sdk/client-iot';
import { invalidRequest, required } from '@/lib/sandbox/api-error';
import { pageOf } from '@/lib/sandbox/operations/page';
import type { ThingGroupRecord } from '@/lib/sandbox/operations/thing-groups/thing-group-tables';
import type { Scope } from '@/lib/sandbox/scope';
import type { JsonObject } from '@/lib/sandbox/shadows/json';
import type { ThingRecord } from '@/lib/sandbox/state/records';
import { searchableIndex } from './index-state';
import { matchingDocuments } from './matching-documents';
import { shadowDocument } from './shadow-document';
import { parentGroupNames } from './thing-group-fields';
import type { ThingIndex } from './thing-index';

/** "This maximum number cannot exceed 100" (service model, `SearchIndexRequest.maxResults`). */
const RESULTS_MAX = 100;

export function searchIndex(scope: Scope, input: SearchIndexRequest): SearchIndexResponse {
  const queryString = required(input.queryString, 'queryString');
  const { indexName, queryVersion, nextToken: token, maxResults: size = RESULTS_MAX } = input;
  if (size > RESULTS_MAX) {
    throw invalidRequest(
      `1 validation error detected: Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${RESULTS_MAX}`,
    );
  }
  const searchable = searchableIndex(scope, indexName);
  const found = matchingDocuments(scope, searchable, { queryString, queryVersion });
  const request = { of: ['SearchIndex', searchable.name, queryString], token, size };
  if (found.kind === 'things') {
    const page = pageOf(scope, request, { items: found.documents, keyOf: ({ sequence }) => sequence });
    return { things: page.items.map((thing) => thingDocument(found.index, thing)), nextToken: page.next };
  }
  const page = pageOf(scope, request, { items: found.documents, keyOf: ({ sequence }) => sequence });
  return { thingGroups: page.items.map((group) => thingGroupDocument(scope, group)), nextToken: page.next };
}

function thingDocument(index: ThingIndex, thing: ThingRecord): ThingDocument {
  const shadow = shadowsOf(index, thing);
  return {
    thingName: thing.thingName,
    thingId: thing.thingId,
    thingTypeName: thing.thingTypeName,
    thingGroupNames: index.groupNamesOf(thing),
    attributes: { ...thing.attributes },
    shadow: shadow && JSON.stringify(shadow),
    connectivity: connectivityDocument(index, thing),
  };
}

/** The classic shadow, and named ones under `name`. */
function shadowsOf(index: ThingIndex, thing: ThingRecord): JsonObject | undefined {
  const shadow = index.classicShadowOf(thing);
  const classic = shadow && shadowDocument(shadow);
  const named = index.indexing.namedShadowNames.flatMap((name): [string, JsonObject][] => {
    const shadow = index.namedShadowOf(thing, name);
    return shadow ? [[name, shadowDocument(shadow)]] : [];
  });
  if (named.length === 0) return classic;
  return { ...classic, name: Object.fromEntries(named) };
}

function connectivityDocument(index: ThingIndex, thing: ThingRecord): ThingConnectivity | undefined {
  const connectivity = index.connectivityOf(thing);
  if (!connectivity) return undefined;
  const { connected, timestamp, disconnectReason } = connectivity;
  return { connected, timestamp, disconnectReason };
}

function thingGroupDocument({ region }: Scope, group: ThingGroupRecord): ThingGroupDocument {
  return {
    thingGroupName: group.thingGroupName,
    thingGroupId: group.thingGroupId,
    thingGroupDescription: group.description,
    attributes: { ...group.attributes },
    parentGroupNames: parentGroupNames(region, group),
  };
}
