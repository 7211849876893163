/**
 * A checked subject as the DER of an X.501 Name, the same bytes as `toName` gives by way of the library's object.
 * @module
 */
import { type Bytes, utf8Bytes } from '@/lib/pki/bytes';
import { DER_TAG, encodeElement } from '@/lib/pki/der';
import { SUBJECT_ATTRIBUTES, type Subject } from '@/lib/pki/subject';

const SET_TAG = 0x31;
const STRING_TAG = { utf8String: 0x0c, printableString: 0x13 } as const;

const ATTRIBUTES = SUBJECT_ATTRIBUTES.map(({ field, oid, string }) => ({
  field,
  type: attributeType(oid),
  stringTag: STRING_TAG[string],
}));

/**
 * @returns what encodes subjects without faults (`checkSubject`); empty fields are left out. In a batch most fields are the same from
 * device to device, so each is encoded again only when it changes.
 */
export function subjectEncoder(): (subject: Subject) => Bytes {
  const last = new Map<keyof Subject, { value: string; name: Bytes }>();
  return (subject) => {
    const names: Bytes[] = [];
    for (const { field, type, stringTag } of ATTRIBUTES) {
      const value = subject[field];
      if (!value) continue;
      let encoded = last.get(field);
      if (encoded?.value !== value) {
        const pair = encodeElement(DER_TAG.sequence, type, encodeElement(stringTag, utf8Bytes(value)));
        encoded = { value, name: encodeElement(SET_TAG, pair) };
        last.set(field, encoded);
      }
      names.push(encoded.name);
    }
    return encodeElement(DER_TAG.sequence, ...names);
  };
}

/** All attribute types here are below 2.5.4 with an arc under 128, one octet each (X.690 §8.19). */
function attributeType(oid: string): Bytes {
  const arc = Number(oid.slice('2.5.4.'.length));
  return encodeElement(DER_TAG.objectIdentifier, Uint8Array.of(0x55, 0x04, arc));
}
