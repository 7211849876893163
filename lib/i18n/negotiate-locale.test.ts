import { describe, expect, it } from 'vitest';
import { negotiateLocale } from './negotiate-locale';

describe('the language of a page', () => {
  it.each([
    { chosen: 'ja', header: 'en', locale: 'ja', why: 'the own choice wins' },
    { chosen: 'xx', header: 'ja', locale: 'ja', why: 'an unknown choice is ignored' },
    { chosen: undefined, header: 'ja-JP,en;q=0.5', locale: 'ja', why: 'the Region is not needed' },
    {
      chosen: undefined,
      header: 'en;q=0.3, zh-CN;q=0.9',
      locale: 'zh-CN',
      why: 'the weight decides, not the order',
    },
    { chosen: undefined, header: 'zh-Hans-SG', locale: 'zh-CN', why: 'Simplified Chinese of another Region' },
    {
      chosen: undefined,
      header: 'zh-TW, ja;q=0.1',
      locale: 'ja',
      why: 'Traditional Chinese is another language',
    },
    { chosen: undefined, header: 'ja;q=0, en', locale: 'en', why: 'weight 0 means: not this one' },
    { chosen: undefined, header: 'ja;q=high', locale: 'en', why: 'a broken weight counts as 0' },
    { chosen: undefined, header: 'fr, *;q=0.5', locale: 'en', why: 'nothing matches' },
    { chosen: undefined, header: null, locale: 'en', why: 'no header' },
    { chosen: undefined, header: `${'x,'.repeat(5000)}ja`, locale: 'en', why: 'beyond the bound' },
  ])('$locale: $why', ({ chosen, header, locale }) => {
    expect(negotiateLocale(chosen, header)).toBe(locale);
  });
});
