'use server';

import { z } from 'zod';
import { isOperation } from '@/components/sandbox/fault-form';
import { defineAction } from '@/lib/actions/define-action';
import { environmentId } from '@/lib/config/environment-list';
import { FAULT_COUNT_MAX, FAULT_KINDS, LATENCY_MS_MAX } from '@/lib/registry/sandbox-activity';
import { fail } from '@/lib/result';
import { sandboxControlOf } from '@/lib/sandbox-control/sandbox-control';
import { withoutControl } from './without-control';

const inEnvironment = z.strictObject({ environment: environmentId });

export const switchFaultOn = defineAction({
  name: 'sandbox.switch-fault-on',
  permission: 'sandbox:fault',
  input: inEnvironment.extend({
    operation: z.string().refine(isOperation),
    fault: z.enum(FAULT_KINDS),
    latencyMs: z.int().min(1).max(LATENCY_MS_MAX).optional(),
    count: z.int().min(1).max(FAULT_COUNT_MAX).optional(),
    probability: z.number().min(0).max(1).optional(),
  }),
  resource: ({ operation }) => operation,
  async run({ environment: _, ...order }, { environment, audit }) {
    const control = sandboxControlOf(environment);
    if (control === undefined) return fail(withoutControl(environment));
    const made = await control.switchFaultOn(order);
    if (made.ok) audit.after(made.value);
    return made;
  },
});

export const removeFault = defineAction({
  name: 'sandbox.remove-fault',
  permission: 'sandbox:fault',
  input: inEnvironment.extend({ id: z.uuid() }),
  resource: ({ id }) => id,
  async run({ id }, { environment, audit }) {
    const control = sandboxControlOf(environment);
    if (control === undefined) return fail(withoutControl(environment));
    const faults = await control.faults();
    if (faults.ok) audit.before(faults.value.find((fault) => fault.id === id));
    return control.removeFault(id);
  },
});

export const removeFaults = defineAction({
  name: 'sandbox.remove-faults',
  permission: 'sandbox:fault',
  input: inEnvironment,
  async run(_, { environment, audit }) {
    const control = sandboxControlOf(environment);
    if (control === undefined) return fail(withoutControl(environment));
    const faults = await control.faults();
    if (faults.ok) audit.before(faults.value);
    return control.removeFaults();
  },
});

/** Empties the sandbox. What the console itself keeps, the ledger and the audit log, stays. */
export const resetSandbox = defineAction({
  name: 'sandbox.reset',
  permission: 'sandbox:reset',
  input: inEnvironment,
  async run(_, { environment }) {
    const control = sandboxControlOf(environment);
    return control === undefined ? fail(withoutControl(environment)) : control.reset();
  },
});
