/**
 * A dynamic segment of a path as the router hands it over: still percent-encoded.
 *
 * @returns undefined when it is not decodable, so names nothing
 */
export function readPathParameter(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
