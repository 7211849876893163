import { expect, test } from 'vitest';
import type { BatchDevice } from '@/lib/batch/batch-device';
import type { Subject } from '@/lib/pki/subject';
import { chooseRehearsals } from './rehearsals';

const SHAPES: Subject[] = [
  { commonName: 'n' },
  { commonName: 'n', country: 'DE' },
  { commonName: 'n', locality: 'Ulm' },
  { commonName: 'n', organization: 'Fab' },
  { commonName: 'n', serialNumber: '1' },
];
const listOf = (...shapes: number[]): BatchDevice[] =>
  shapes.map((shape, index) => ({ line: index + 1, subject: SHAPES[shape] ?? {} }));

test.each([
  ['one shape: the first and the last', [0, 0, 0], [1, 3], 0],
  ['as many as fit', [0, 1, 2], [1, 2, 3], 0],
  ['the last is kept where it has a shape of its own', [0, 1, 2, 3, 4], [1, 2, 5], 2],
  ['the last is kept where its shape was there', [0, 1, 2, 3, 4, 0], [1, 2, 6], 3],
  ['the last is kept where its shape would be left out', [0, 1, 2, 3, 4, 3], [1, 2, 6], 2],
  ['none', [], [], 0],
])('a list of many shapes: %s', (_, shapes, lines, shapesLeftOut) => {
  const { chosen, ...rest } = chooseRehearsals(listOf(...shapes), 3);
  expect(chosen.map(({ line }) => line)).toEqual(lines);
  expect(rest).toEqual({ shapesLeftOut });
});
