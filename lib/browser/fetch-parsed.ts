/** The part of a zod schema that is used. */
type Schema<Value> = {
  safeParse(value: unknown): { success: true; data: Value } | { success: false };
};

/** @returns undefined where the console's server or the session is not there, or says something else */
export async function fetchParsed<Value>(
  url: string,
  schema: Schema<Value>,
  signal: AbortSignal,
): Promise<Value | undefined> {
  try {
    const response = await fetch(url, { signal });
    // A lost session is answered with the sign-in page.
    if (!response.ok || response.redirected) return undefined;
    const parsed = schema.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
