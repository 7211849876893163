'use client';

import type { Route } from 'next';
import { createContext, useContext } from 'react';
import type { Act } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import type { ActRun, ActSubject } from './act-run';
import type { Selection } from './selection-state';

export type SelectionList = 'certificates' | 'things' | 'devices' | 'stuck' | 'pending';

/** An act that somebody wants to see the plan of. */
export type ActRequest = {
  act: Act;
  subjects: readonly ActSubject[];
  /** With `approve`: what the certificates are to get; undefined: nobody has chosen yet. */
  approval?: Approval | undefined;
  /** The list whose selection this is: it is empty once the run has begun. */
  list?: SelectionList | undefined;
  /** Where to go once all of it is done and the page has no subject left. */
  goTo?: Route | undefined;
};

export type Acts = {
  /** What this operator may do. */
  may: Readonly<Record<Act, boolean>>;
  /** Shows the plan and asks; nothing is done before the person confirms it. */
  propose: (request: ActRequest) => void;
  run: ActRun | undefined;
  /** What is picked in a list; it outlives the page that it was picked on. */
  selectionOf: (list: SelectionList) => Selection;
  select: (list: SelectionList, selection: Selection) => void;
};

export const ActsContext = createContext<Acts | undefined>(undefined);

/** `propose({ act, subjects })` is the one way to act on certificates and things, for one or for thousands. */
export function useActs(): Acts {
  const acts = useContext(ActsContext);
  if (acts === undefined) throw new TypeError('useActs needs an ActsProvider above it');
  return acts;
}
