'use server';

import { defineAction } from '@/lib/actions/define-action';
import { confirmUnconfirmed, giveUpUnconfirmed } from './unconfirmed-acts';

export const confirm = defineAction(confirmUnconfirmed);
export const giveUp = defineAction(giveUpUnconfirmed);
