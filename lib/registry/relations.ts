/**
 * What hangs on what, as a graph: from the provisioning role to the thing group.
 * AWS IoT Developer Guide, "Managing things", "Thing groups", "AWS IoT Core policies", "Just-in-time provisioning".
 * @module
 */

/** In the order in which one leads to the next. */
export const RELATION_KINDS = [
  'role',
  'template',
  'ca',
  'certificate',
  'thing',
  'policy',
  'group',
  'other',
] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** What a picture can be asked for. */
export const RELATION_SUBJECTS = ['thing', 'certificate', 'policy', 'ca'] as const;
export type RelationSubject = (typeof RELATION_SUBJECTS)[number];

export type RelationNode = {
  /** Kind and name, unique in the graph. */
  id: string;
  kind: RelationKind;
  name: string;
  /** AWS's word, e.g. `ACTIVE`; undefined where there is none, or it was not asked. */
  status: string | undefined;
};

/** From what comes earlier in {@link RELATION_KINDS} to what hangs on it. */
export type RelationEdge = { from: string; to: string };

/** Further ones that are not drawn; `atLeast`: AWS has another page of them. */
export type FurtherRelations = { kind: RelationKind; count: number; atLeast: boolean };

export type Relations = {
  nodes: readonly RelationNode[];
  edges: readonly RelationEdge[];
  further: readonly FurtherRelations[];
};

/** More does not fit a picture that one can read. */
export const RELATION_NODES_MAX = 50;

export const relationId = (kind: RelationKind, name: string): string => `${kind}:${name}`;
