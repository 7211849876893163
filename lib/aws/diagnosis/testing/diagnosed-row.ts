import type { FindingCode } from '@/lib/diagnosis/finding';
import type { LadderRungId } from '@/lib/diagnosis/ladder';
import type { BotoRefusal } from '@/lib/sandbox/testing/boto';
import type { Made } from '@/lib/sandbox/testing/certificate-maker';
import type { Brought, DiagnosisBench } from './diagnosis-bench';

/** A state of a device that clients of AWS and of MQTT bring about, and what a diagnosis has to say of it first. */
export type DiagnosedRow = {
  /** Its number among the thirty mistakes that people report; undefined: the decision order alone asks for it. */
  mistake?: number;
  code: FindingCode;
  /** How the device came into this state. */
  state: string;
  /** Where the finding is not the rung that the ladder hangs on: what it hangs on instead. */
  hangsAt?: LadderRungId | 'nothing';
  /** Further findings, whatever their order. */
  also?: readonly FindingCode[];
  bring(bench: DiagnosisBench): Promise<{ device: Pick<Made, 'id' | 'pem'>; brought?: Brought }>;
};

/** A cause that cannot be brought about, since AWS refuses what would lead to it; only facts can pin what is said of it. */
export type RefusedRow = {
  mistake?: number;
  code: FindingCode;
  why: string;
  /** Asks for it. @throws Error when it is not refused */
  refused(bench: DiagnosisBench): Promise<BotoRefusal>;
};
