/**
 * The SDK types every output field as optional. What AWS always sends and did not is a bug, of ours or of the endpoint.
 *
 * @throws TypeError naming the field
 */
export function required<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) throw new TypeError(`AWS sent no ${field}`);
  return value;
}
