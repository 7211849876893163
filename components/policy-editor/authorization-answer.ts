/**
 * What the console answers when it is asked what AWS decides.
 * @module
 */
import { z } from 'zod';

export const AUTHORIZATION_ACTIONS = ['CONNECT', 'PUBLISH', 'RECEIVE', 'SUBSCRIBE'] as const;

export const authorizationAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('decided'),
    decision: z.enum(['ALLOWED', 'IMPLICIT_DENY', 'EXPLICIT_DENY']),
    denyingPolicies: z.array(z.string()),
    missingContextValues: z.array(z.string()),
  }),
  /** `name` and `message` are AWS's own. */
  z.object({ kind: z.literal('failed'), name: z.string(), message: z.string() }),
]);

export type AuthorizationAnswer = z.output<typeof authorizationAnswer>;

export type AuthorizationQuestion = {
  certificateId: string;
  clientId: string;
  action: (typeof AUTHORIZATION_ACTIONS)[number];
  /** The ARN that is asked about. */
  resource: string;
};

/** The console itself waits at most ten seconds for its turn at AWS. */
const TIMEOUT_MS = 15_000;

/** Asks the console; undefined when there was no answer that can be read. */
export async function askAuthorization(
  url: string,
  question: AuthorizationQuestion,
): Promise<AuthorizationAnswer | undefined> {
  try {
    const response = await fetch(`${url}?${new URLSearchParams(question)}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // A lost session is answered with the sign-in page.
    if (!response.ok || response.redirected) return undefined;
    const parsed = authorizationAnswer.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
