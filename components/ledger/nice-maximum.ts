/** The top of an axis: the least of 2, 4, 6, 8, 10, 20, 40 … that `most` fits below, so that its middle is a whole number, too. */
export function niceMaximum(most: number): number {
  let power = 1;
  while (10 * power < most) power *= 10;
  const fitting = [2, 4, 6, 8].map((factor) => factor * power).find((value) => value >= most);
  return fitting ?? 10 * power;
}
