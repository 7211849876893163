/**
 * Where the nodes of a picture of relations stand: one column per kind, from left to right as one leads to the next, and within a
 * column near what they hang on.
 * @module
 */
import type { RelationEdge, RelationKind, RelationNode } from '@/lib/registry/relations';

/** Six columns fit beside the navigation on a screen of 1440 px. */
export const NODE_WIDTH_PX = 156;
export const NODE_HEIGHT_PX = 64;
const COLUMN_GAP_PX = 32;
const ROW_GAP_PX = 16;

/** Things and policies both hang on certificates, so they share a column. */
const COLUMN: Record<RelationKind, number> = {
  role: 0,
  template: 1,
  ca: 2,
  certificate: 3,
  thing: 4,
  policy: 4,
  group: 5,
  other: 5,
};

export type PlacedNode<Node extends RelationNode = RelationNode> = Node & {
  /** From 0, empty columns left out. */
  column: number;
  row: number;
  /** Of the upper left corner. */
  x: number;
  y: number;
};

export type Picture<Node extends RelationNode = RelationNode> = {
  nodes: PlacedNode<Node>[];
  width: number;
  height: number;
};

/** Pure, and the same for the same graph: a picture that jumps at every reading cannot be learnt. */
export function layOut<Node extends RelationNode>(
  nodes: readonly Node[],
  edges: readonly RelationEdge[],
): Picture<Node> {
  const columns = columnsOf(nodes);
  const neighbours = neighboursOf(edges);
  // Towards the right, then back: each column is sorted by where its neighbours stand.
  const sorted = sortBackwards(sortForwards(columns, neighbours), neighbours);
  const tallest = Math.max(0, ...sorted.map(({ length }) => length));
  const placed = sorted.flatMap((column, columnIndex) => {
    const top = ((tallest - column.length) * (NODE_HEIGHT_PX + ROW_GAP_PX)) / 2;
    return column.map((node, row) => ({
      ...node,
      column: columnIndex,
      row,
      x: columnIndex * (NODE_WIDTH_PX + COLUMN_GAP_PX),
      y: top + row * (NODE_HEIGHT_PX + ROW_GAP_PX),
    }));
  });
  return {
    nodes: placed,
    width: Math.max(0, sorted.length * (NODE_WIDTH_PX + COLUMN_GAP_PX) - COLUMN_GAP_PX),
    height: Math.max(0, tallest * (NODE_HEIGHT_PX + ROW_GAP_PX) - ROW_GAP_PX),
  };
}

function columnsOf<Node extends RelationNode>(nodes: readonly Node[]): Node[][] {
  const numbers = [...new Set(nodes.map(({ kind }) => COLUMN[kind]))].sort((left, right) => left - right);
  return numbers.map((number) => nodes.filter(({ kind }) => COLUMN[kind] === number));
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighboursOf(edges: readonly RelationEdge[]): Neighbours {
  const neighbours = new Map<string, string[]>();
  const add = (id: string, other: string) => neighbours.set(id, [...(neighbours.get(id) ?? []), other]);
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return neighbours;
}

function sortForwards<Node extends RelationNode>(columns: Node[][], neighbours: Neighbours): Node[][] {
  const sorted: Node[][] = [];
  for (const column of columns) sorted.push(sortedBy(column, sorted.at(-1) ?? [], neighbours));
  return sorted;
}

const sortBackwards = <Node extends RelationNode>(columns: Node[][], neighbours: Neighbours): Node[][] =>
  sortForwards(columns.toReversed(), neighbours).reverse();

/** By the mean row of their neighbours in the column beside; those without stay behind the others, in their order. */
function sortedBy<Node extends RelationNode>(
  column: readonly Node[],
  beside: readonly Node[],
  neighbours: Neighbours,
): Node[] {
  const rows = new Map(beside.map(({ id }, row) => [id, row]));
  const weight = ({ id }: Node): number => {
    const near = (neighbours.get(id) ?? []).flatMap((other) => rows.get(other) ?? []);
    return near.length === 0
      ? Number.MAX_SAFE_INTEGER
      : near.reduce((sum, row) => sum + row, 0) / near.length;
  };
  return column.toSorted((left, right) => weight(left) - weight(right));
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where an arrow key leads: along an edge to the nearest neighbour on that side, or to the next of the column. */
export function neighbourOf(
  { nodes }: Picture,
  edges: readonly RelationEdge[],
  id: string,
  direction: Direction,
): string | undefined {
  const here = nodes.find((node) => node.id === id);
  if (here === undefined) return undefined;
  if (direction === 'up' || direction === 'down') {
    const row = here.row + (direction === 'down' ? 1 : -1);
    return nodes.find((node) => node.column === here.column && node.row === row)?.id;
  }
  const linked = new Set(edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : [])));
  const ahead = nodes.filter(
    (node) =>
      linked.has(node.id) && (direction === 'right' ? node.column > here.column : node.column < here.column),
  );
  const distance = (node: PlacedNode) =>
    Math.abs(node.column - here.column) * 1e6 + Math.abs(node.y - here.y);
  return ahead.toSorted((left, right) => distance(left) - distance(right))[0]?.id;
}
