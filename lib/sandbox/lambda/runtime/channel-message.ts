/**
 * What a function's process says on its channel: one JSON a line.
 * @module
 */
import { z } from 'zod';

const fault = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
  stackTrace: z.array(z.string()).optional(),
});
const answered = z.union([
  z.object({ id: z.string(), result: z.string() }),
  z.object({ id: z.string(), error: fault, exit: z.boolean().optional() }),
]);
const told = z.union([z.object({ log: z.string() }), answered]);

/** How an invocation ended. */
export type AnswerMessage = z.infer<typeof answered>;

/** Undefined when a line is not by the protocol. */
export function readMessage(line: string): z.infer<typeof told> | undefined {
  return told.safeParse(parseJson(line)).data;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
