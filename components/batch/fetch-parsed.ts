import type { z } from 'zod';

/** @returns undefined where the console's server or the session is not there, or says something else */
export async function fetchParsed<Schema extends z.ZodType>(
  url: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema> | undefined> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.redirected) return undefined;
    const parsed = schema.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
