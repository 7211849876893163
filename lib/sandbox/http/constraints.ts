/**
 * Lengths, ranges, patterns and enums of the IoT service model, which the SDK's own schemas do not carry.
 * Facts taken from botocore's `service-2.json` (see NOTICE).
 * @module
 */
import constraints from '@/lib/sandbox/constraints.json' with { type: 'json' };

export type Constraint = {
  min?: number;
  max?: number;
  pattern?: string;
  enum?: readonly string[];
};

const shapes: Readonly<Record<string, Constraint>> = constraints.shapes;
const members: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = constraints.members;

/** The constraint of one member of a structure, if the model has one. */
export function constraintOf(structure: string, member: string): Constraint | undefined {
  const shape = members[structure]?.[member];
  return shape === undefined ? undefined : shapes[shape];
}

/** Character classes that the model writes in Java's way. */
const JAVA_CLASSES = new Map([
  ['Graph', '\\x21-\\x7E'],
  ['Upper', 'A-Z'],
  ['Digit', '0-9'],
  ['Cntrl', '\\x00-\\x1F\\x7F'],
]);

/** AWS matches the whole value, whether or not the pattern is anchored. */
export function compiledPattern(pattern: string): RegExp {
  const source = pattern.replace(
    /\\p\{(Graph|Upper|Digit|Cntrl)\}/g,
    (_, name: string) => JAVA_CLASSES.get(name) ?? '',
  );
  return new RegExp(`^(?:${source})$`, 'u');
}
