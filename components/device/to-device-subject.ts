import type { ActSubject } from '@/components/acts/act-run';

/** The part of a ledger row that an act needs. */
type Row = { certificateId: string; commonName: string; lastSeenState?: string | undefined };

/** A row of the ledger as one acts on it. */
export const toDeviceSubject = ({ certificateId, commonName, lastSeenState }: Row): ActSubject => ({
  id: certificateId,
  name: commonName || undefined,
  status: lastSeenState,
});
