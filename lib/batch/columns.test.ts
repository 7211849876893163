import { describe, expect, it } from 'vitest';
import { guessColumns } from './columns';

describe('columns are guessed', () => {
  it.each([
    ['CN,C,O', ['commonName', 'country', 'organization'], 'short names'],
    ['Common Name,Serial_Number,site', ['commonName', 'serialNumber', undefined], 'long names, one unknown'],
    ['thing-name,ST', ['commonName', 'stateName'], 'what AWS calls it'],
    ['name,CN', ['commonName', undefined], 'the first of two for one field'],
    ['デバイス名,シリアル番号', ['commonName', 'serialNumber'], 'Japanese'],
    ['设备名称,序列号,公司', ['commonName', 'serialNumber', 'organization'], 'Chinese'],
    ['ＣＮ,ｓｅｒｉａｌ', ['commonName', 'serialNumber'], 'full-width letters'],
  ])('from %j', (header, mapping, _reason) => {
    const cells = header.split(',');
    expect(guessColumns([{ line: 1, cells }])).toEqual({ hasHeader: true, mapping });
  });

  it('as names where there is no header', () => {
    const cells = ['pump-1', 'x'];
    expect(guessColumns([{ line: 1, cells }])).toEqual({
      hasHeader: false,
      mapping: ['commonName', undefined],
    });
    expect(guessColumns([])).toEqual({ hasHeader: false, mapping: [] });
  });
});
