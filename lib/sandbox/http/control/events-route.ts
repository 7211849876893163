import { z } from 'zod';
import type { ExplanationEvent, Explanations } from '@/lib/sandbox/explanations';
import { type ControlHandler, json } from './control-route';
import { readQuery } from './read-input';

/** Below what proxies and HTTP clients wait for an answer by default (30 s). */
const WAIT_MS_MAX = 25_000;
/** As many as are kept. */
const LIMIT_MAX = 2000;
/** One per open page; a bound, should somebody forget to hang up. */
const WAITING_MAX = 100;

const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from 0 to ${max}`)
    .transform(Number)
    .refine((value) => value <= max, `must be a whole number from 0 to ${max}`);
const text = z.string().min(1, 'must not be empty').max(256, 'must have 256 characters at most');

const schema = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the sequence number of an event')
    .transform(Number)
    .default(0),
  limit: wholeNumber(LIMIT_MAX)
    .refine((limit) => limit > 0, `must be a whole number from 1 to ${LIMIT_MAX}`)
    .default(LIMIT_MAX),
  waitMs: wholeNumber(WAIT_MS_MAX).default(0),
  certificateId: text.optional(),
  caCertificateId: text.optional(),
  clientId: text.optional(),
  code: text.optional(),
});

type EventsQuery = z.output<typeof schema>;

let waiting = 0;

/**
 * `GET /_sandbox/events?after=N`: explanations above that sequence, oldest first, all of them or those that every filter
 * fits; with `waitMs`, held back until there is one. `next` is the `after` that goes on from here. It is lower than the one
 * asked with when the sandbox was started anew: then begin at 0.
 */
export const getEvents: ControlHandler = async ({ state: { explanations } }, { query, onGone }) => {
  const asked = readQuery(schema, query);
  let page = pageOf(explanations, asked);
  if (page.events.length > 0 || asked.waitMs === 0 || asked.after > explanations.lastSequence) {
    return json(200, page);
  }
  if (waiting >= WAITING_MAX) return json(200, page);
  waiting += 1;
  try {
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        stopListening();
        resolve();
      };
      const timer = setTimeout(end, asked.waitMs);
      const stopListening = explanations.listen(() => {
        page = pageOf(explanations, { ...asked, after: page.next });
        if (page.events.length > 0) end();
      });
      onGone(end);
    });
  } finally {
    waiting -= 1;
  }
  return json(200, page);
};

function pageOf(explanations: Explanations, asked: EventsQuery) {
  const matching = explanations.after(asked.after).filter((event) => fits(event, asked));
  const events = matching.slice(0, asked.limit);
  const last = events.at(-1);
  const next = matching.length > events.length && last ? last.sequence : explanations.lastSequence;
  return { events, next };
}

const FILTERS = ['certificateId', 'caCertificateId', 'clientId', 'code'] as const;

const fits = (event: ExplanationEvent, asked: EventsQuery) =>
  FILTERS.every((name) => asked[name] === undefined || event[name] === asked[name]);
