'use client';

import { createContext, useContext } from 'react';
import type { KeyHandle } from '@/lib/browser/pki.protocol';
import type { Place } from './place';
import type { StepFault } from './use-fault-sentence';
import type { WizardDraft } from './wizard-draft';
import type { Listed, RoleOption, WizardActions } from './wizard-port';
import type { WizardChange } from './wizard-state';

export type Wizard = {
  draft: WizardDraft;
  change: (change: WizardChange) => void;
  place: Place;
  actions: WizardActions;
  /** Undefined while they are being read. */
  roles: Listed<RoleOption> | undefined;
  policyNames: Listed<string> | undefined;
  /** Of the step that is shown, since the last "Next". */
  faults: readonly StepFault[];
  /** The key of the CA in hand, if it is in this tab. */
  keyHandle: KeyHandle | undefined;
  /** The key of the CA above, while it is open for a signature. */
  parentHandle: KeyHandle | undefined;
  /** Puts a key into the tab's hand, or takes it away; the one it had for this CA is discarded. */
  holdKey: (caId: string, handle: KeyHandle | undefined) => void;
};

const WizardContext = createContext<Wizard | undefined>(undefined);

export const WizardProvider = WizardContext.Provider;

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext);
  if (!wizard) throw new TypeError('a step of the CA wizard stands outside of it');
  return wizard;
}
