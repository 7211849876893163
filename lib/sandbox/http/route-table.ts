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
      this.#walk(this.#root, segments, []) ??
      (segments.at(-1) === '' ? this.#walk(this.#root, segments.slice(0, -1), []) : undefined);
    if (!found) return undefined;
    const { leaf, values } = found;
    return {
      route: leaf.route,
      labels: new Map(leaf.labels.map((label, index) => [label, values[index] ?? ''])),
    };
  }

  #walk(
    at: Node<Route>,
    segments: readonly string[],
    values: readonly string[],
  ): { leaf: Leaf<Route>; values: readonly string[] } | undefined {
    const [segment, ...rest] = segments;
    if (segment === undefined) return at.leaf && { leaf: at.leaf, values };
    const literal = at.statics.get(segment);
    const found = literal && this.#walk(literal, rest, values);
    if (found) return found;
    const labelled = at.label && segment !== '' && this.#walk(at.label, rest, [...values, segment]);
    if (labelled) return labelled;
    return at.greedy && { leaf: at.greedy, values: [...values, segments.join('/')] };
  }
}

const segmentsOf = (path: string) => path.slice(1).split('/');

function node<Route>(): Node<Route> {
  return { statics: new Map(), label: undefined, greedy: undefined, leaf: undefined };
}
