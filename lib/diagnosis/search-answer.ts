/**
 * What a look-up came to, as plain data that travels to the browser.
 * @module
 */
import type { CaStatus } from '@/lib/registry/certificate-authority';
import type { CertificateStatus } from '@/lib/registry/device-certificate';
import type { DeviceDiagnosis } from './device-diagnosis';

/** Where something was looked for. */
export const PLACES = ['ledger', 'certificates', 'certificate-authorities', 'things', 'index'] as const;
export type Place = (typeof PLACES)[number];

/** `off`: the fleet index is not switched on; `refused`: AWS does not let the console ask; `unanswered`: no answer to rely on. */
export type Outcome = 'found' | 'nothing' | 'off' | 'refused' | 'unanswered';

/** One place that was asked for one id, name or number. */
export type Looked = { place: Place; what: string; outcome: Outcome };

/** Who said that there is such a device. */
export type Witness = Place | 'given';

export type Candidate =
  | {
      kind: 'device';
      certificateId: string;
      commonName: string | undefined;
      /** As AWS said just now; undefined: nobody asked, or AWS does not have it. */
      status: CertificateStatus | undefined;
      /** The thing by which it was found. */
      thing: string | undefined;
      witnesses: readonly Witness[];
    }
  /** A thing without a certificate, or one whose certificates were not asked for. */
  | { kind: 'thing'; name: string; hasNoCertificate: boolean; witnesses: readonly Witness[] }
  | { kind: 'ca'; caId: string; status: CaStatus; witnesses: readonly Witness[] };

export type SearchAnswer = {
  candidates: readonly Candidate[];
  looked: readonly Looked[];
  /** There is more than is shown. */
  isCut: boolean;
  /** Of the one device that is meant, where it is one. */
  device: DeviceDiagnosis | undefined;
};
