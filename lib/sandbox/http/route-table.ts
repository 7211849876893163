/** Finds an operation by method and raw path: an ARN in a path keeps its `%2F` until its segment is known. */
type Node<Route> = {
  statics: Map<string, Node<Route>>;
  label: Node<Route> | undefined;
  /** Takes all the rest of the path. */
  greedy: Leaf<Route> | undefined;
  leaf: Leaf<Route> | undefined;
};
type Leaf<Route> = { route: Route; labels: readonly string[] };

export type Match<Route> = {
  route: Route;
  /** Label name to its raw, still percent-encoded text. */
  labels: ReadonlyMap<string, string>;
};

/** No path of the model has as many; a path of thousands of slashes is not walked. */
const SEGMENTS_MAX = 32;

/** Routes of one method. Literal segments win over labels, labels over greedy ones. */
export class RouteTable<Route> {
  readonly #root: Node<Route> = node();

  /** @param template - as in the service model: `/policies/{policyName}/version/{policyVersionId}`, `{x+}` is greedy */
  add(template: string, route: Route): void {
    const labels: string[] = [];
    let at = this.#root;
    for (const segment of segmentsOf(template)) {
      const [, label, plus] = /^\{([^+}]+)(\+?)\}$/.exec(segment) ?? [];
      if (label !== undefined) labels.push(label);
      if (plus === '+') {
        at.greedy = { route, labels };
        return;
      }
      const next = label === undefined ? (at.statics.get(segment) ?? node()) : (at.label ?? node());
      if (label === undefined) at.statics.set(segment, next);
      else at.label = next;
      at = next;
    }
    at.leaf = { route, labels };
  }

  /** @param path - raw, without query; a trailing slash does not count, except to a greedy label */
  find(path: string): Match<Route> | undefined {
    const segments = segmentsOf(path);
    const found =
      this.#walk(this.#root, { segments, at: 0, values: [] }) ??
      (segments.at(-1) === ''
        ? this.#walk(this.#root, { segments: segments.slice(0, -1), at: 0, values: [] })
        : undefined);
    if (!found) return undefined;
    const { leaf, values } = found;
    return {
      route: leaf.route,
      labels: new Map(leaf.labels.map((label, index) => [label, values[index] ?? ''])),
    };
  }

  #walk(from: Node<Route>, { segments, at, values }: Walk): Found<Route> | undefined {
    const segment = segments[at];
    if (segment === undefined) return from.leaf && { leaf: from.leaf, values };
    const literal = from.statics.get(segment);
    const found = literal && this.#walk(literal, { segments, at: at + 1, values });
    if (found) return found;
    const labelled =
      from.label &&
      segment !== '' &&
      this.#walk(from.label, { segments, at: at + 1, values: [...values, segment] });
    if (labelled) return labelled;
    return from.greedy && { leaf: from.greedy, values: [...values, segments.slice(at).join('/')] };
  }
}

type Walk = { segments: readonly string[]; at: number; values: readonly string[] };
type Found<Route> = { leaf: Leaf<Route>; values: readonly string[] };

/** The last segment holds whatever is left of a path that has too many. */
function segmentsOf(path: string): string[] {
  const segments = path.slice(1).split('/', SEGMENTS_MAX + 1);
  if (segments.length <= SEGMENTS_MAX) return segments;
  const first = segments.slice(0, SEGMENTS_MAX - 1);
  const length = first.reduce((sum, segment) => sum + segment.length + 1, 1);
  return [...first, path.slice(length)];
}

function node<Route>(): Node<Route> {
  return { statics: new Map(), label: undefined, greedy: undefined, leaf: undefined };
}
