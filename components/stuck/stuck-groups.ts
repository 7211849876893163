/**
 * Stuck devices by what keeps them: one group for each cause under each CA, and groups for what is not known.
 * @module
 */
import type { FindingCode } from '@/lib/diagnosis/finding';
import type { Act } from '@/lib/registry/act';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import type { StuckCause, StuckLook } from '@/lib/registry/stuck';

/** A row as the server hands it down; times are ISO 8601. */
export type StuckRow = { certificateId: string; status: CertificateStatus; since: string };

export type GroupedRow = StuckRow & { commonName: string | undefined };

/** `none`: looked at, and nothing found that is cheap to know; `unlooked`: nobody has looked yet. */
export type GroupKind = 'cause' | 'none' | 'unread' | 'moved-on' | 'unlooked';

export type StuckGroup = {
  key: string;
  kind: GroupKind;
  cause: StuckCause | undefined;
  caId: string | undefined;
  /** The sentence of one device is not that of another: names in it differ. */
  isVaried: boolean;
  rows: GroupedRow[];
};

const ORDER: readonly GroupKind[] = ['cause', 'none', 'unread', 'moved-on', 'unlooked'];

/** Causes first, the most frequent first; what is not known comes last and is never left out. */
export function groupStuck(rows: readonly StuckRow[], looks: ReadonlyMap<string, StuckLook>): StuckGroup[] {
  const groups = new Map<string, StuckGroup>();
  for (const row of rows) {
    const group = groupOf(looks.get(row.certificateId));
    const known = groups.get(group.key) ?? group;
    known.isVaried ||= printParams(known) !== printParams(group);
    known.rows.push({ ...row, commonName: looks.get(row.certificateId)?.commonName });
    groups.set(group.key, known);
  }
  return [...groups.values()].sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.rows.length - a.rows.length,
  );
}

const printParams = ({ cause }: StuckGroup): string => JSON.stringify(cause?.params ?? {});

function groupOf(look: StuckLook | undefined): StuckGroup {
  const group = (kind: GroupKind, caId?: string, cause?: StuckCause): StuckGroup => ({
    key: [kind, caId ?? '', cause?.code ?? ''].join(' '),
    kind,
    caId,
    cause,
    isVaried: false,
    rows: [],
  });
  if (look === undefined) return group('unlooked');
  if (look.kind !== 'looked') return group(look.kind);
  return look.cause === undefined ? group('none', look.caId) : group('cause', look.caId, look.cause);
}

/**
 * What can safely be done for all devices of a group: an act that can be taken back, or, where acting on the certificates would
 * hide the cause, the place where it is put right. `device`: nothing in AWS, the device has to connect again.
 */
export type SafeAct = { kind: 'act'; act: Act } | { kind: 'ca' } | { kind: 'device' } | { kind: 'ladder' };

const BY_HAND: readonly FindingCode[] = [
  'registration-rule-missing',
  'registration-rule-disabled',
  'function-may-not-be-called',
  'function-did-not-activate',
];

/** The certificate can never become a working device: keeping it out takes it off the queue. */
const USELESS: readonly FindingCode[] = [
  'certificate-expired',
  'signature-not-from-ca',
  'name-invalid',
  'common-name-garbled',
];

const ONLY_DEVICE: readonly FindingCode[] = [
  'reconnect-to-retry',
  'provisioning-throttled',
  'fleet-provisioning-on-top',
  'certificate-not-yet-valid',
];

export function safeActOf({ kind, cause, caId, rows }: StuckGroup): SafeAct {
  if (kind !== 'cause' || cause === undefined) return { kind: 'ladder' };
  if (BY_HAND.includes(cause.code)) return { kind: 'act', act: 'activate' };
  const isPending = rows.every(({ status }) => status === 'PENDING_ACTIVATION');
  if (USELESS.includes(cause.code) && isPending) return { kind: 'act', act: 'deactivate' };
  if (ONLY_DEVICE.includes(cause.code)) return { kind: 'device' };
  const isOfCertificate = cause.code.startsWith('certificate-');
  return caId === undefined || isOfCertificate ? { kind: 'ladder' } : { kind: 'ca' };
}
