import { describe, expect, it } from 'vitest';
import { fidelityPage, pinnedBehaviours } from './fidelity-page';

describe('the fidelity page', () => {
  it('reads behaviours however they are laid out and quoted', () => {
    const name = 'behaviour';
    const text = `${name}('a', { known: 'assumed', source: '' }, () => {});
      ${name}(
        "it's b",
        { known: 'documented', source: 'guide, "B" \\'c\\'' },
        async () => {},
      );`;
    expect(pinnedBehaviours('x.test.ts', text)).toEqual([
      { what: 'a', known: 'assumed', source: '', test: 'x.test.ts' },
      { what: "it's b", known: 'documented', source: `guide, "B" 'c'`, test: 'x.test.ts' },
    ]);
  });

  it('refuses a behaviour that it could not list', () => {
    const name = 'behaviour';
    expect(() => pinnedBehaviours('x.test.ts', `${name}(sentence, provenance, run);`)).toThrow(
      'x.test.ts: 1 of 1 behaviours are not written with literals',
    );
  });

  it('is the one in docs', async () => {
    await expect(fidelityPage(process.cwd())).toMatchFileSnapshot('../../../docs/sandbox-fidelity.md');
  });
});
