import type { CaDetail } from '@/lib/registry/certificate-authority';

/** Why a first contact would come to nothing, known before it happens. */
export type ContactObstacle = 'ca-gone' | 'ca-inactive' | 'ca-expired' | 'no-auto-registration' | 'expired';

type Circumstances = {
  /** Undefined: AWS has no such CA any more. */
  ca: Pick<CaDetail, 'status' | 'autoRegistration' | 'notAfter'> | undefined;
  notAfter: Date;
};

/** What keeps AWS from registering a device that connects now; the one to be solved first, first. */
export function contactObstacles({ ca, notAfter }: Circumstances, now: Date): ContactObstacle[] {
  const found: (ContactObstacle | false)[] = [now > notAfter && 'expired'];
  if (ca === undefined) found.push('ca-gone');
  else {
    found.push(ca.status !== 'ACTIVE' && 'ca-inactive');
    found.push(ca.notAfter !== undefined && now > ca.notAfter && 'ca-expired');
    found.push(!ca.autoRegistration && 'no-auto-registration');
  }
  return found.filter((obstacle) => obstacle !== false);
}
