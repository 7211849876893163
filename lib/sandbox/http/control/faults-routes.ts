import { z } from 'zod';
import { invalidRequest } from '@/lib/sandbox/api-error';
import { EVERY_OPERATION, FAULTS, FAULTS_MAX } from '@/lib/sandbox/call-admission/fault-plan';
import { knownOperations } from '@/lib/sandbox/http/services';
import { CONTROL_PREFIX, type ControlHandler, json } from './control-route';
import { readJson } from './read-input';

/** A minute: longer than any client waits for an answer, so longer would not be another fault. */
const LATENCY_MS_MAX = 60_000;
const COUNT_MAX = 100_000;

const LATENCY = `must be milliseconds, a whole number from 0 to ${LATENCY_MS_MAX}`;
const COUNT = `must be a whole number from 1 to ${COUNT_MAX}`;
const PROBABILITY = 'must be a number from 0 to 1';

const schema = z
  .strictObject({
    operation: z
      .string('must be the name of an operation, such as DescribeThing, or *')
      .refine(
        (name) => name === EVERY_OPERATION || knownOperations.has(name),
        'must be the name of an operation, such as DescribeThing, or *',
      ),
    fault: z.enum(FAULTS, `must be one of ${FAULTS.join(', ')}`),
    latencyMs: z.int(LATENCY).min(0, LATENCY).max(LATENCY_MS_MAX, LATENCY).optional(),
    count: z.int(COUNT).min(1, COUNT).max(COUNT_MAX, COUNT).optional(),
    probability: z.number(PROBABILITY).min(0, PROBABILITY).max(1, PROBABILITY).optional(),
  })
  .refine(({ fault, latencyMs }) => (fault === 'latency') === (latencyMs !== undefined), {
    path: ['latencyMs'],
    message: 'is needed by the fault latency, and by no other',
  });

/** `POST /_sandbox/faults`: switches one on. It lives in memory until its count is used up, it is removed, or a reset. */
export const postFault: ControlHandler = async ({ state, now }, { readBody }) => {
  const order = readJson(schema, await readBody());
  if (state.faults.size >= FAULTS_MAX) {
    throw invalidRequest(
      `${FAULTS_MAX} faults are switched on already. DELETE /_sandbox/faults removes them.`,
    );
  }
  return json(201, state.faults.add(order, now()));
};

/** `GET /_sandbox/faults`: those that are switched on, oldest first. */
export const getFaults: ControlHandler = ({ state }) => json(200, { faults: state.faults.list() });

/** `DELETE /_sandbox/faults`: removes all of them. */
export const deleteFaults: ControlHandler = ({ state }) => {
  const removed = state.faults.size;
  state.faults.clear();
  return json(200, { removed });
};

/** `DELETE /_sandbox/faults/{id}` */
export const deleteFault: ControlHandler = ({ state }, { path }) => {
  const id = path.slice(`${CONTROL_PREFIX}faults/`.length);
  if (state.faults.remove(id)) return json(200, { removed: 1 });
  return json(404, { message: 'There is no such fault. It was removed, or its count is used up.' });
};
