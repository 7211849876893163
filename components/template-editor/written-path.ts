/**
 * Places of a template as text, the form in which the drawing names its fields.
 * @module
 */
import type { JsonPath } from '@/lib/policy/json-tree';
import { memberPath } from '@/lib/provisioning/template';

/** `$.Resources.thing.Properties["a b"][0]` of a path. */
export function writtenPath(path: JsonPath): string {
  return path.reduce<string>(
    (written, step) => (typeof step === 'number' ? `${written}[${step}]` : memberPath(written, step)),
    '$',
  );
}

/** Whether `path` is `place` or lies inside it. */
export function isWithin(path: string, place: string): boolean {
  if (!path.startsWith(place)) return false;
  const next = path.charAt(place.length);
  return next === '' || next === '.' || next === '[';
}
