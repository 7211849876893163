/**
 * Works on every item, at most `concurrencyMax` at a time, and answers in their order.
 *
 * @throws what `work` throws first; the others are not waited for
 */
export async function mapAtMost<Item, Value>(
  items: readonly Item[],
  concurrencyMax: number,
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values = new Map<number, Value>();
  // One iterator for all workers: each takes what the others have left.
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) values.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: concurrencyMax }, worker));
  return [...values].sort(([a], [b]) => a - b).map(([, value]) => value);
}
