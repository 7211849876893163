/** Values by topic filter, found by topic: what one message costs depends on its levels, not on how many filters there are. */
export class FilterTree<Value> {
  readonly #root: Node<Value> = node();

  add(filter: string, value: Value): void {
    let at = this.#root;
    for (const level of filter.split('/')) {
      if (level === '#') {
        at.rest.push(value);
        return;
      }
      const next = at.levels.get(level) ?? node<Value>();
      at.levels.set(level, next);
      at = next;
    }
    at.values.push(value);
  }

  /**
   * Values whose filter matches. As AWS matches: `a/#` does not match `a`, and wildcards in front never match a topic that begins with
   * `$` [MQTT-4.7.2-1].
   */
  match(topic: string): Value[] {
    const found: Value[] = [];
    const levels = topic.split('/');
    const walk = (at: Node<Value>, depth: number): void => {
      const level = levels[depth];
      if (level === undefined) {
        found.push(...at.values);
        return;
      }
      const wildcardsApply = depth > 0 || !topic.startsWith('$');
      if (wildcardsApply) found.push(...at.rest);
      const literal = at.levels.get(level);
      if (literal) walk(literal, depth + 1);
      const any = wildcardsApply ? at.levels.get('+') : undefined;
      if (any && any !== literal) walk(any, depth + 1);
    };
    walk(this.#root, 0);
    return found;
  }
}

type Node<Value> = {
  levels: Map<string, Node<Value>>;
  /** Of filters that end here. */
  values: Value[];
  /** Of filters that go on with `#`. */
  rest: Value[];
};

const node = <Value>(): Node<Value> => ({ levels: new Map(), values: [], rest: [] });
