/**
 * The profiles of an environment: kept here, since AWS knows nothing of them.
 * @module
 */
import 'server-only';
import { and, asc, count, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { BATCH_LAYOUTS } from '@/lib/batch/batch-settings';
import { PATTERN_CHARACTERS_MAX, readPattern } from '@/lib/batch/pattern';
import { PROFILE_FIELDS, type Profile } from '@/lib/batch/profile';
import { database } from '@/lib/db/database';
import { issuanceProfiles } from '@/lib/db/schema/profiles';
import type { Failure } from '@/lib/failure';
import { LOCALES } from '@/lib/i18n/locales';
import { DEVICE_FORMATS } from '@/lib/pki/formats/device-format';
import { PKCS12_MACS } from '@/lib/pki/formats/pkcs12';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import { checkSubject } from '@/lib/pki/subject';
import { VALIDITY_DAYS_MAX, VALIDITY_DAYS_MIN } from '@/lib/pki/validity';
import { fail, ok, type Result } from '@/lib/result';

/** More than anybody chooses from. */
export const PROFILES_MAX = 100;
export const PROFILE_NAME_CHARACTERS_MAX = 80;
/** RFC 5280's longest bound of a subject attribute. */
const VALUE_CHARACTERS_MAX = 128;

const value = z.string().trim().max(VALUE_CHARACTERS_MAX);

export const profileContent = z.strictObject({
  pattern: z
    .string()
    .trim()
    .max(PATTERN_CHARACTERS_MAX)
    .refine((text) => text === '' || readPattern(text).ok, 'pattern'),
  subject: z
    .partialRecord(z.enum(PROFILE_FIELDS), value)
    .refine((subject) => checkSubject({ ...subject, commonName: 'x' }).length === 0, 'subject'),
  algorithm: z.enum(KEY_ALGORITHMS),
  validityDaysMax: z.int().min(VALIDITY_DAYS_MIN).max(VALIDITY_DAYS_MAX),
  formats: z.array(z.enum(DEVICE_FORMATS)).min(1, 'formats').max(DEVICE_FORMATS.length),
  pkcs12Mac: z.enum(PKCS12_MACS),
  layout: z.enum(BATCH_LAYOUTS),
  passphraseRule: z.enum(['own', 'common']),
});

const name = z.string().trim().max(PROFILE_NAME_CHARACTERS_MAX);
export const profileNames = z.strictObject({
  /** For readers of every language that has none of its own. */
  name: name.min(1, 'required'),
  translations: z.partialRecord(z.enum(LOCALES), name),
});

export type ProfileNames = z.output<typeof profileNames>;
export type KeptProfile = Profile & {
  names: ProfileNames;
  changedAt: Date;
  changedByName: string;
};

/** By name. One whose content an older console wrote in another way is left out. */
export async function listProfiles(environment: string, locale: string): Promise<KeptProfile[]> {
  const rows = await database()
    .select()
    .from(issuanceProfiles)
    .where(eq(issuanceProfiles.environment, environment))
    .orderBy(asc(issuanceProfiles.name))
    .limit(PROFILES_MAX);
  return rows.flatMap((row) => toProfile(row, locale) ?? []);
}

export async function findProfile(
  environment: string,
  id: string,
  locale = 'en',
): Promise<KeptProfile | undefined> {
  const [row] = await database().select().from(issuanceProfiles).where(key(environment, id));
  return row && toProfile(row, locale);
}

/** What a page needs of them. */
export function toProfiles(kept: readonly KeptProfile[]): Profile[] {
  return kept.map(({ id, version, name: shown, content }) => ({ id, version, name: shown, content }));
}

type Kept = ProfileNames & { content: z.output<typeof profileContent> };
type Author = { environment: string; operatorName: string; now: Date };

export async function createProfile(
  id: string,
  { name: given, translations, content }: Kept,
  { environment, operatorName, now }: Author,
): Promise<Result<undefined, Failure>> {
  const [rows] = await database()
    .select({ count: count() })
    .from(issuanceProfiles)
    .where(eq(issuanceProfiles.environment, environment));
  if ((rows?.count ?? 0) >= PROFILES_MAX) return fail({ kind: 'conflict', reason: 'too-many-profiles' });
  const made = await database()
    .insert(issuanceProfiles)
    .values({
      environment,
      id,
      name: given,
      translations,
      content,
      version: 1,
      changedAt: now,
      changedByName: operatorName,
    })
    .onConflictDoNothing()
    .returning({ id: issuanceProfiles.id });
  return made.length > 0 ? ok(undefined) : nameTaken();
}

/** @param version that was edited: whoever saved meanwhile is not written over */
export async function changeProfile(
  { id, version }: { id: string; version: number },
  { name: given, translations, content }: Kept,
  { environment, operatorName, now }: Author,
): Promise<Result<undefined, Failure>> {
  return database().transaction(async (transaction) => {
    const [namesake] = await transaction
      .select({ id: issuanceProfiles.id })
      .from(issuanceProfiles)
      .where(
        and(
          eq(issuanceProfiles.environment, environment),
          eq(issuanceProfiles.name, given),
          ne(issuanceProfiles.id, id),
        ),
      );
    if (namesake !== undefined) return nameTaken();
    const changed = await transaction
      .update(issuanceProfiles)
      .set({
        name: given,
        translations,
        content,
        version: version + 1,
        changedAt: now,
        changedByName: operatorName,
      })
      .where(and(key(environment, id), eq(issuanceProfiles.version, version)))
      .returning({ id: issuanceProfiles.id });
    return changed.length > 0 ? ok(undefined) : fail({ kind: 'conflict', reason: 'profile-changed' });
  });
}

export async function removeProfile(environment: string, id: string): Promise<void> {
  await database().delete(issuanceProfiles).where(key(environment, id));
}

function nameTaken(): Result<never, Failure> {
  return fail({ kind: 'invalid-input', fields: { name: [{ code: 'taken' }] } });
}

const translationsInRow = profileNames.shape.translations.catch({});

function toProfile(row: typeof issuanceProfiles.$inferSelect, locale: string): KeptProfile | undefined {
  const content = profileContent.safeParse(row.content);
  if (!content.success) return undefined;
  const translations = translationsInRow.parse(row.translations);
  const own = Object.entries(translations).find(([known, word]) => known === locale && word !== '')?.[1];
  const { id, version, changedAt, changedByName } = row;
  return {
    id,
    version,
    name: own ?? row.name,
    content: content.data,
    names: { name: row.name, translations },
    changedAt,
    changedByName,
  };
}

function key(environment: string, id: string) {
  return and(eq(issuanceProfiles.environment, environment), eq(issuanceProfiles.id, id));
}
