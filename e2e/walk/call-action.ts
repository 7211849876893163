/**
 * Calls a server action without the page it belongs to, as anybody can who knows its id.
 * @module
 */
import type { APIRequestContext, APIResponse } from '@playwright/test';

export type ActionCall = {
  /** Id in the build's manifest. */
  id: string;
  /** A page that offers the action. */
  url: string;
  /** `undefined`: the action takes nothing. */
  input: unknown;
  /** The page that asks; by default the console's own. `null`: none, as of a program. */
  origin?: string | null;
};

/** The answer as it came. */
export function postAction(
  request: APIRequestContext,
  { id, url, input, origin = new URL(url).origin }: ActionCall,
): Promise<APIResponse> {
  return request.post(url, {
    maxRedirects: 0,
    headers: {
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': id,
      ...(origin === null ? {} : { origin }),
    },
    // How React writes the arguments of a call: JSON with `$` for what JSON cannot say.
    data: JSON.stringify([input === undefined ? '$undefined' : input]),
  });
}

/** What the action returned, which stands in row 1 of React's answer. */
export async function callAction(request: APIRequestContext, call: ActionCall): Promise<unknown> {
  const response = await postAction(request, call);
  const text = await response.text();
  const row = /^1:(.*)$/m.exec(text)?.[1];
  if (row === undefined) throw new Error(`${response.status()} without a result: ${text.slice(0, 300)}`);
  return JSON.parse(row);
}
