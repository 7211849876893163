import type { ActSubject } from '@/components/acts/act-run';

/** The part of a ledger row that an act needs. */
type Row = { certificateId: string; commonName: string };

/** A row of the ledger as one acts on it. What state AWS last had it in is no status of now, and left out. */
export const toDeviceSubject = ({ certificateId, commonName }: Row): ActSubject => ({
  id: certificateId,
  name: commonName || undefined,
});
