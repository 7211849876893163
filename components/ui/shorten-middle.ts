/**
 * Leaves the two ends of a long id, which is where people compare them: `4c1f2a90…77e09b0e`. An ARN keeps its end
 * longer, because the name stands there.
 */
export function shortenMiddle(value: string, headChars = 8, tailChars = 8): string {
  const symbols = [...value];
  if (symbols.length <= headChars + tailChars + 1) return value;
  return `${symbols.slice(0, headChars).join('')}…${symbols.slice(-tailChars).join('')}`;
}
