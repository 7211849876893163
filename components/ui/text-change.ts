/** Where two texts begin and end to differ: `before` from `start` to `beforeEnd` became `after` from `start` to `afterEnd`. */
export function textChange(
  before: string,
  after: string,
): { start: number; beforeEnd: number; afterEnd: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { start, beforeEnd: before.length - tail, afterEnd: after.length - tail };
}
