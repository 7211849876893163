/**
 * Looks at the properties of an MQTT 5 packet as bytes: each known, allowed in this packet, whole, and there once.
 * MQTT 5 section 2.2.2.2 (which property belongs where, and of which type).
 * @module
 */
import type { FieldReader } from './field-reader';

/** Packets that a client sends with properties; `will` is a part of CONNECT. */
export type PropertyPlace =
  | 'connect'
  | 'will'
  | 'publish'
  | 'puback'
  | 'subscribe'
  | 'unsubscribe'
  | 'disconnect';

type PropertyType = 'byte' | 'uint16' | 'uint32' | 'variable' | 'text' | 'pair' | 'binary';

const USER_PROPERTY = 0x26;
const MESSAGE: readonly PropertyPlace[] = ['publish', 'will'];
const EVERYWHERE: readonly PropertyPlace[] = [
  ...MESSAGE,
  'connect',
  'puback',
  'subscribe',
  'unsubscribe',
  'disconnect',
];

const PROPERTIES: ReadonlyMap<number, { type: PropertyType; places: readonly PropertyPlace[] }> = new Map([
  [0x01, { type: 'byte', places: MESSAGE }],
  [0x02, { type: 'uint32', places: MESSAGE }],
  [0x03, { type: 'text', places: MESSAGE }],
  [0x08, { type: 'text', places: MESSAGE }],
  [0x09, { type: 'binary', places: MESSAGE }],
  [0x0b, { type: 'variable', places: ['subscribe'] }],
  [0x11, { type: 'uint32', places: ['connect', 'disconnect'] }],
  [0x15, { type: 'text', places: ['connect'] }],
  [0x16, { type: 'binary', places: ['connect'] }],
  [0x17, { type: 'byte', places: ['connect'] }],
  [0x18, { type: 'uint32', places: ['will'] }],
  [0x19, { type: 'byte', places: ['connect'] }],
  [0x1f, { type: 'text', places: ['puback', 'disconnect'] }],
  [0x21, { type: 'uint16', places: ['connect'] }],
  [0x22, { type: 'uint16', places: ['connect'] }],
  [0x23, { type: 'uint16', places: ['publish'] }],
  [USER_PROPERTY, { type: 'pair', places: EVERYWHERE }],
  [0x27, { type: 'uint32', places: ['connect'] }],
]);

/** Reads past the properties; answers what is wrong with them, if anything. */
export function propertyFault(reader: FieldReader, place: PropertyPlace): string | undefined {
  const length = reader.variableByteInteger();
  if (length === undefined || length > reader.bytesLeft) return 'a malformed property length';
  const end = reader.bytesLeft - length;
  const seen = new Set<number>();
  while (reader.bytesLeft > end) {
    const id = reader.byte() ?? 0;
    const property = PROPERTIES.get(id);
    if (property === undefined || !property.places.includes(place)) return `property ${id} in ${place}`;
    if (seen.has(id) && id !== USER_PROPERTY) return `property ${id} twice`;
    seen.add(id);
    if (!readValue(reader, property.type)) return `a malformed property ${id}`;
  }
  return reader.bytesLeft === end ? undefined : 'a malformed property length';
}

function readValue(reader: FieldReader, type: PropertyType): boolean {
  switch (type) {
    case 'byte': {
      const byte = reader.byte();
      // All properties of one byte that clients send are flags.
      return byte === 0 || byte === 1;
    }
    case 'uint16':
      return reader.bytes(2) !== undefined;
    case 'uint32':
      return reader.bytes(4) !== undefined;
    case 'variable':
      return reader.variableByteInteger() !== undefined;
    case 'text':
      return reader.text() !== undefined;
    case 'pair':
      return reader.text() !== undefined && reader.text() !== undefined;
    case 'binary':
      return reader.lengthPrefixed() !== undefined;
  }
}
