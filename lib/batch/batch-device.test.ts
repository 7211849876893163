import { describe, expect, it } from 'vitest';
import { expectOk } from '@/lib/testing/expect-ok';
import { devicesOfPattern, devicesOfTable, devicesToRehearse } from './batch-device';
import { readPattern } from './pattern';
import { readTable } from './read-table';

const MAPPING = ['commonName', 'country', undefined, 'serialNumber'] as const;

describe('the devices of a table', () => {
  const rowsOf = (text: string) => expectOk(readTable(text)).rows;

  it('take what their row says, and what is common for the rest', () => {
    const { devices, faulty } = devicesOfTable(rowsOf('pump-1,JP,ignored,S1\npump-2,,x,'), MAPPING, {
      country: 'DE',
      organization: 'Fab',
    });
    expect(faulty).toEqual([]);
    expect(devices).toEqual([
      { line: 1, subject: { country: 'JP', organization: 'Fab', commonName: 'pump-1', serialNumber: 'S1' } },
      { line: 2, subject: { country: 'DE', organization: 'Fab', commonName: 'pump-2' } },
    ]);
  });

  it.each([
    [',JP,,S1', [{ kind: 'common-name-missing' }], 'no name'],
    ['pump-0,JP,,', [{ kind: 'common-name-twice', firstLine: 1 }], 'a name for the second time'],
    ['pump-1,Japan,,', [{ kind: 'subject-country', field: 'country' }], 'a country in words'],
    [
      'pump-1,JP,,S_1',
      [{ kind: 'subject-not-printable', field: 'serialNumber', character: '_' }],
      'an underscore in a PrintableString',
    ],
    ['pump-1,JP,,S1,more', [{ kind: 'cells-too-many', cells: 5, columns: 4 }], 'an unquoted comma'],
    [
      'pump-0,Japan,,S1,more',
      [
        { kind: 'cells-too-many', cells: 5, columns: 4 },
        { kind: 'subject-country', field: 'country' },
        { kind: 'common-name-twice', firstLine: 1 },
      ],
      'all faults at once',
    ],
  ])('say what is wrong with %j', (row, faults, _reason) => {
    const { devices, faulty } = devicesOfTable(rowsOf(`pump-0,JP,x,S0\n${row}`), MAPPING, {});
    expect(devices).toHaveLength(1);
    expect(faulty).toEqual([{ line: 2, commonName: row.split(',')[0], faults }]);
  });

  it('are not at fault for empty cells at the end', () => {
    expect(devicesOfTable(rowsOf('pump-0,JP,x,S0,,'), MAPPING, {}).faulty).toEqual([]);
  });
});

it('the devices of a pattern are counted from one', () => {
  const pattern = expectOk(readPattern('pump-{9..11}'));
  const { devices } = devicesOfPattern(pattern, { country: 'DE' });
  expect(devices.map(({ line, subject }) => [line, subject.commonName])).toEqual([
    [1, 'pump-9'],
    [2, 'pump-10'],
    [3, 'pump-11'],
  ]);
});

it('a rehearsal looks at the first, the last and one device of every shape', () => {
  const devices = [
    { commonName: 'a' },
    { commonName: 'b' },
    { commonName: 'c', country: 'DE' },
    { commonName: 'd', country: '' },
    { commonName: 'e', country: 'JP' },
  ].map((subject, index) => ({ line: index + 1, subject }));
  expect(devicesToRehearse(devices).map(({ line }) => line)).toEqual([1, 3, 5]);
  expect(devicesToRehearse([])).toEqual([]);
});
