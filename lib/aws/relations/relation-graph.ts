import type { Failure } from '@/lib/failure';
import {
  type FurtherRelations,
  RELATION_KINDS,
  RELATION_NODES_MAX,
  type RelationEdge,
  type RelationKind,
  type RelationNode,
  type Relations,
  relationId,
} from '@/lib/registry/relations';
import type { Result } from '@/lib/result';

/** A graph while it is read: what is found twice is one, and what would be too much is counted. */
export class RelationGraph {
  readonly #nodes = new Map<string, RelationNode>();
  readonly #edges = new Map<string, RelationEdge>();
  readonly #further = new Map<RelationKind, FurtherRelations>();
  readonly failures: Failure[] = [];

  /** @returns the node's id; undefined when the picture is full */
  add(kind: RelationKind, name: string, status?: string): string | undefined {
    const id = relationId(kind, name);
    const known = this.#nodes.get(id);
    if (known === undefined && this.#nodes.size >= RELATION_NODES_MAX) {
      this.addFurther(kind, 1, false);
      return undefined;
    }
    this.#nodes.set(id, { id, kind, name, status: status ?? known?.status });
    return id;
  }

  /** In either order; the edge runs as the kinds do. */
  link(one: string | undefined, other: string | undefined): void {
    const [left, right] = [this.#nodes.get(one ?? ''), this.#nodes.get(other ?? '')];
    if (left === undefined || right === undefined) return;
    const isOrdered = RELATION_KINDS.indexOf(left.kind) <= RELATION_KINDS.indexOf(right.kind);
    const edge = isOrdered ? { from: left.id, to: right.id } : { from: right.id, to: left.id };
    this.#edges.set(JSON.stringify([edge.from, edge.to]), edge);
  }

  addFurther(kind: RelationKind, count: number, atLeast: boolean): void {
    const known = this.#further.get(kind);
    this.#further.set(kind, {
      kind,
      count: (known?.count ?? 0) + count,
      atLeast: atLeast || (known?.atLeast ?? false),
    });
  }

  /** The value of an answer; of one that failed the failure is kept, each kind once. */
  read<Value>(answer: Result<Value, Failure>): Value | undefined {
    if (answer.ok) return answer.value;
    const text = JSON.stringify({ ...answer.failure, requestId: undefined });
    const isKnown = this.failures.some((each) => JSON.stringify({ ...each, requestId: undefined }) === text);
    // What vanished meanwhile is no failure of the reading.
    if (!isKnown && answer.failure.kind !== 'not-found') this.failures.push(answer.failure);
    return undefined;
  }

  relations(): Relations {
    return {
      nodes: [...this.#nodes.values()],
      edges: [...this.#edges.values()],
      further: [...this.#further.values()],
    };
  }
}
