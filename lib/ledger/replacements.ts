/**
 * Which certificate was made to take whose place. How far it has come is AWS's to say; this is what a page needs to go on with it.
 * @module
 */
import 'server-only';
import { and, desc, eq, isNull, ne, or } from 'drizzle-orm';
import type { Operator } from '@/lib/auth/permissions';
import { database } from '@/lib/db/database';
import { certificateReplacements } from '@/lib/db/schema/hierarchy';

export type ReplacementRow = typeof certificateReplacements.$inferSelect;

export type NewReplacement = Pick<
  ReplacementRow,
  'environment' | 'oldCertificateId' | 'newCertificateId' | 'newCaId' | 'newCertificatePem'
> & { operator: Pick<Operator, 'id' | 'name'> };

/**
 * Begins one; what was begun for the same certificate and is not in place yet is given up with it. Repeated for the same new
 * certificate it changes nothing.
 */
export async function beginReplacement({ operator, ...begun }: NewReplacement, now: Date): Promise<void> {
  const { environment, oldCertificateId, newCertificateId } = begun;
  await database().transaction(async (transaction) => {
    await transaction
      .update(certificateReplacements)
      .set({ abandonedAt: now })
      .where(
        and(
          eq(certificateReplacements.environment, environment),
          eq(certificateReplacements.oldCertificateId, oldCertificateId),
          ne(certificateReplacements.newCertificateId, newCertificateId),
          isNull(certificateReplacements.inPlaceAt),
          isNull(certificateReplacements.abandonedAt),
        ),
      );
    await transaction
      .insert(certificateReplacements)
      .values({ ...begun, operatorId: operator.id, operatorName: operator.name, beganAt: now })
      .onConflictDoNothing();
  });
}

/** The last one of a certificate that was not given up. */
export async function replacementFor(
  environment: string,
  oldCertificateId: string,
): Promise<ReplacementRow | undefined> {
  const [row] = await database()
    .select()
    .from(certificateReplacements)
    .where(
      and(
        eq(certificateReplacements.environment, environment),
        eq(certificateReplacements.oldCertificateId, oldCertificateId),
        isNull(certificateReplacements.abandonedAt),
      ),
    )
    .orderBy(desc(certificateReplacements.beganAt))
    .limit(1);
  return row;
}

/** What a certificate took part in and is not given up: as the old one first, or as the new one. */
export async function replacementsAbout(
  environment: string,
  certificateId: string,
): Promise<{ asOld: ReplacementRow | undefined; asNew: ReplacementRow | undefined }> {
  const { oldCertificateId, newCertificateId } = certificateReplacements;
  const rows = await database()
    .select()
    .from(certificateReplacements)
    .where(
      and(
        eq(certificateReplacements.environment, environment),
        or(eq(oldCertificateId, certificateId), eq(newCertificateId, certificateId)),
        isNull(certificateReplacements.abandonedAt),
      ),
    )
    .orderBy(desc(certificateReplacements.beganAt));
  return {
    asOld: rows.find((row) => row.oldCertificateId === certificateId),
    asNew: rows.find((row) => row.newCertificateId === certificateId),
  };
}

/** A step that was reached keeps its first time. */
export async function markReplacement(
  environment: string,
  newCertificateId: string,
  reached: 'inPlaceAt' | 'retiredAt' | 'abandonedAt',
  now: Date,
): Promise<void> {
  await database()
    .update(certificateReplacements)
    .set({ [reached]: now })
    .where(
      and(
        eq(certificateReplacements.environment, environment),
        eq(certificateReplacements.newCertificateId, newCertificateId),
        isNull(certificateReplacements[reached]),
      ),
    );
}
