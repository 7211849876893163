'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { environmentId } from '@/lib/config/environment-list';
import { startSweep } from '@/lib/devices/sweep/sweeps';
import { SWEEP_SCOPES } from '@/lib/ledger/sweep-progress';
import { cancelSweep } from '@/lib/ledger/sweep-runs';
import { fail, ok } from '@/lib/result';

/** Asks AWS for the certificates of every registered CA, or of the whole account, in the background. */
export const start = defineAction({
  name: 'sweep.start',
  permission: 'ledger:sweep',
  input: z.strictObject({ environment: environmentId, scope: z.enum(SWEEP_SCOPES) }),
  async run({ scope }, { environment, operator, now, audit }) {
    const startedBy = { id: operator.id, name: operator.name };
    const started = await startSweep(environment, { scope, startedBy }, now);
    if (!started.ok) return started;
    audit.after({ run: started.value.id, scope });
    return ok(undefined);
  },
});

/** Ends one before it is done; whoever may start one may end it, since only one can run. */
export const cancel = defineAction({
  name: 'sweep.cancel',
  permission: 'ledger:sweep',
  input: z.strictObject({ environment: environmentId, run: z.uuid() }),
  resource: ({ run }) => run,
  async run({ run }, { environment, now, audit }) {
    const cancelled = await cancelSweep(environment.id, run, now);
    if (cancelled === undefined) return fail({ kind: 'conflict', reason: 'sweep-ended' });
    audit.after({ counts: cancelled.progress.counts });
    return ok(undefined);
  },
});
