/** JSON with a line per member, for reading; any other text as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    // What is no JSON is shown as it was written.
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
