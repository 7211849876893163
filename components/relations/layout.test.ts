import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RELATION_KINDS, type RelationEdge, type RelationNode, relationId } from '@/lib/registry/relations';
import { layOut, NODE_HEIGHT_PX, NODE_WIDTH_PX, neighbourOf } from './layout';

const node = (kind: RelationNode['kind'], name: string): RelationNode => ({
  id: relationId(kind, name),
  kind,
  name,
  status: undefined,
});

const graphs = fc
  .uniqueArray(fc.record({ kind: fc.constantFrom(...RELATION_KINDS), name: fc.string() }), {
    selector: ({ kind, name }) => relationId(kind, name),
    maxLength: 50,
  })
  .chain((found) => {
    const nodes = found.map(({ kind, name }) => node(kind, name));
    const ids = nodes.map(({ id }) => id);
    if (ids.length === 0) return fc.constant({ nodes, edges: [] as RelationEdge[] });
    const edge = fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids) });
    return fc.record({ nodes: fc.constant(nodes), edges: fc.array(edge, { maxLength: 80 }) });
  });

describe('a picture of relations', () => {
  it('has every node once, within its bounds, and none over another', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const picture = layOut(nodes, edges);
        expect(new Set(picture.nodes.map(({ id }) => id))).toEqual(new Set(nodes.map(({ id }) => id)));
        for (const [index, one] of picture.nodes.entries()) {
          expect(one.x + NODE_WIDTH_PX).toBeLessThanOrEqual(picture.width);
          expect(one.y + NODE_HEIGHT_PX).toBeLessThanOrEqual(picture.height);
          expect(Math.min(one.x, one.y)).toBeGreaterThanOrEqual(0);
          const overlaps = picture.nodes
            .slice(index + 1)
            .filter(
              (other) =>
                Math.abs(one.x - other.x) < NODE_WIDTH_PX && Math.abs(one.y - other.y) < NODE_HEIGHT_PX,
            );
          expect(overlaps).toEqual([]);
        }
      }),
    );
  });

  it('is the same for the same graph', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        expect(layOut(nodes, edges)).toEqual(layOut(nodes, edges));
      }),
    );
  });

  it('puts what hangs together side by side, whatever order it was found in', () => {
    const nodes = [
      node('certificate', 'a'),
      node('certificate', 'b'),
      node('thing', 'of-b'),
      node('thing', 'of-a'),
    ];
    const edges = [
      { from: 'certificate:a', to: 'thing:of-a' },
      { from: 'certificate:b', to: 'thing:of-b' },
    ];
    const rows = new Map(layOut(nodes, edges).nodes.map(({ id, row }) => [id, row]));
    expect(rows.get('certificate:a')).toBe(rows.get('thing:of-a'));
    expect(rows.get('certificate:b')).toBe(rows.get('thing:of-b'));
  });

  it('leaves no gap for kinds that are not there', () => {
    expect(layOut([node('role', 'r'), node('group', 'g')], []).nodes.map(({ column }) => column)).toEqual([
      0, 1,
    ]);
  });
});

describe('arrow keys', () => {
  const nodes = [
    node('ca', 'c'),
    node('certificate', 'a'),
    node('certificate', 'b'),
    node('thing', 't'),
    node('policy', 'p'),
  ];
  const edges = [
    { from: 'ca:c', to: 'certificate:a' },
    { from: 'ca:c', to: 'certificate:b' },
    { from: 'certificate:a', to: 'thing:t' },
    { from: 'certificate:a', to: 'policy:p' },
  ];
  const picture = layOut(nodes, edges);
  it.each([
    { from: 'ca:c', direction: 'right', to: 'certificate:a' },
    { from: 'certificate:a', direction: 'down', to: 'certificate:b' },
    { from: 'certificate:a', direction: 'right', to: 'thing:t' },
    { from: 'thing:t', direction: 'down', to: 'policy:p' },
    { from: 'policy:p', direction: 'left', to: 'certificate:a' },
    { from: 'certificate:b', direction: 'right', to: undefined },
    { from: 'ca:c', direction: 'left', to: undefined },
    { from: 'certificate:a', direction: 'up', to: undefined },
    { from: 'gone', direction: 'up', to: undefined },
  ] as const)('lead $direction from $from to $to', ({ from, direction, to }) => {
    expect(neighbourOf(picture, edges, from, direction)).toBe(to);
  });

  it('reach the whole of a column, whatever hangs on it', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const laid = layOut(graph.nodes, graph.edges);
        const [first] = laid.nodes;
        if (first === undefined) return;
        const column = laid.nodes.filter((each) => each.column === first.column);
        const reached = new Set([first.id]);
        for (const id of reached) {
          for (const direction of ['up', 'down', 'left', 'right'] as const) {
            const next = neighbourOf(laid, graph.edges, id, direction);
            if (next !== undefined) reached.add(next);
          }
        }
        for (const { id } of column) expect(reached).toContain(id);
      }),
    );
  });
});
