/**
 * What has not changed stays the very same object, so that what is drawn of it is not drawn again.
 * @module
 */

/** `after`, with every part that equals its counterpart in `before` replaced by it. Plain data without cycles. */
export function keepSame<Value>(before: Value, after: Value): Value {
  if (Object.is(before, after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) {
    const kept = after.map((item, index) => keepSame(before[index], item));
    const isSame = kept.length === before.length && kept.every((item, index) => item === before[index]);
    // A list of the same parts in the same order is the same list.
    return isSame ? before : (kept as Value);
  }
  if (!isPlain(before) || !isPlain(after)) return after;
  const names = Object.keys(after);
  const kept = Object.fromEntries(names.map((name) => [name, keepSame(before[name], after[name])]));
  const isSame =
    names.length === Object.keys(before).length && names.every((name) => kept[name] === before[name]);
  return isSame ? before : (kept as Value);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
