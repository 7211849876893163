import { expect, it } from 'vitest';
import { carriesArtefacts, JITR_ACTS, jitrCalls } from './calls';

it('holds against what was shown only what is deployed: switching and removing go on when the ledger has grown', () => {
  for (const isThere of [false, true]) {
    const present = { role: isThere, function: isThere, rule: isThere };
    for (const act of JITR_ACTS) {
      const carrying = jitrCalls(act, present).map(carriesArtefacts);
      expect(new Set(carrying), act).toEqual(new Set([act === 'deploy']));
    }
  }
});
