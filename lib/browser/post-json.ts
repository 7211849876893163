/** Certificates of a few hundred devices are read and written down within seconds; a server that takes longer is not there. */
const TIMEOUT_MS = 60_000;

/** @returns what the console's server said, `signed-out` where it wants one to sign in, `no-answer` where it said nothing readable */
export async function postJson(
  url: string,
  body: unknown,
): Promise<{ answer: unknown } | 'signed-out' | 'no-answer'> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // A lost session is answered with the way to the sign-in page.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.type === 'opaqueredirect') return 'signed-out';
    return { answer: await response.json() };
  } catch {
    return 'no-answer';
  }
}
