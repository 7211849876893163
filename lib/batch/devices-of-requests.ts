/**
 * The devices of a batch that bring signing requests: whose keys they are is proven, what they are called is decided here.
 * @module
 */
import type { ReadRequest, RequestFault } from '@/lib/pki/read-requests';
import type { Subject } from '@/lib/pki/subject';
import type { Result } from '@/lib/result';
import { type BatchDevice, type FaultyRow, sortOut } from './batch-device';

/** `place` is the file, and which request of it where it has several. */
export type BroughtRequest = {
  place: string;
  read: Result<ReadRequest, RequestFault | { kind: 'request-missing' }>;
};

/** Where a device's common name comes from: its request, or the name of its file without the ending. */
export const NAME_SOURCES = ['request', 'file'] as const;
export type NameSource = (typeof NAME_SOURCES)[number];

export type DevicesOfRequests = {
  devices: BatchDevice[];
  faulty: FaultyRow[];
  /** Devices whose request has attributes that are left out, since its name is not taken as it is. */
  shortened: number;
};

/** @param common of every device unless its request has a value of its own */
export function devicesOfRequests(
  brought: readonly BroughtRequest[],
  nameSource: NameSource,
  common: Subject,
): DevicesOfRequests {
  const placeOfKey = new Map<string, string>();
  let shortened = 0;
  const rows = brought.map(({ place, read }, index) => {
    const line = index + 1;
    if (!read.ok) return { line, place, subject: {}, faults: [read.failure], isUnread: true };
    const { subject: own, hasOtherAttributes, publicKey, name } = read.value;
    const renamed = nameSource === 'file' ? { ...own, commonName: stemOf(place) } : own;
    const subject: Subject = { ...common, ...renamed };
    const isAsItIs = isSame(subject, own);
    if (hasOtherAttributes && !isAsItIs) shortened += 1;
    const keyOf = placeOfKey.get(publicKey);
    if (keyOf === undefined) placeOfKey.set(publicKey, place);
    return {
      line,
      place,
      subject,
      request: { publicKey, name: isAsItIs ? name : undefined },
      faults: keyOf === undefined ? [] : [{ kind: 'public-key-twice', firstPlace: keyOf } as const],
    };
  });
  return { ...sortOut(rows), shortened };
}

function isSame(left: Subject, right: Subject): boolean {
  const filled = (subject: Subject) =>
    Object.entries(subject)
      .filter(([, value]) => value)
      .toSorted();
  return JSON.stringify(filled(left)) === JSON.stringify(filled(right));
}

/** `site/pump-1.csr` is `pump-1`. */
function stemOf(place: string): string {
  return place.replace(/^.*[\\/]/, '').replace(/(?!^)\.[^.]*$/, '');
}
