'use server';

import { defineAction } from '@/lib/actions/define-action';
import { confirmUnconfirmed, giveUpUnconfirmed, unconfirmedInput } from './unconfirmed-acts';

/** A person says that bundles did arrive, where the page could not. Whom they issued again is replaced by them. */
export const confirm = defineAction({
  name: 'batch.confirm-devices',
  permission: 'device:issue',
  input: unconfirmedInput,
  resource: ({ batch }) => batch,
  run: confirmUnconfirmed,
});

/** A person says that nobody will use bundles of which nobody knows whether anyone has them. */
export const giveUp = defineAction({
  name: 'batch.give-up-devices',
  permission: 'device:issue',
  input: unconfirmedInput,
  resource: ({ batch }) => batch,
  run: giveUpUnconfirmed,
});
