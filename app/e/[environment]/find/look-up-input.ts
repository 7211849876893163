import { z } from 'zod';
import { environmentId } from '@/lib/config/environment-list';
import { CERTIFICATE_CHARACTERS_MAX, LOOK_UP_EACH_MAX, NAME_CHARACTERS_MAX } from '@/lib/diagnosis/look-up';
import { isCertificateId } from '@/lib/registry/device-certificate';

const id = z.string().refine(isCertificateId, 'certificate-id');
const name = z.string().min(1).max(NAME_CHARACTERS_MAX);
const word = name.optional();

/** What the page has read in a file or a line; the bounds are those of names and ids. */
const given = z.strictObject({
  certificateCount: z.number().int().min(0).max(10_000),
  isCaFirst: z.boolean(),
  issuer: z.strictObject({ saysCaTrue: z.boolean(), caId: id }).optional(),
  verification: z
    .strictObject({ isSignedByCa: z.boolean().optional() })
    .transform(({ isSignedByCa }) => ({ isSignedByCa }))
    .optional(),
  region: word,
  accountId: word,
  /** RFC 1035 section 2.3.4, and the scheme and port that somebody may have copied with it. */
  host: z.string().max(300).optional(),
  clientId: word,
  symptom: z
    .enum([
      'hang-up',
      'server-not-verified',
      'certificate-not-yet-valid',
      'one-certificate-only',
      'verification-certificate-demanded',
    ])
    .optional(),
});

export const lookUpInput = z.strictObject({
  environment: environmentId,
  certificateIds: z.array(id).max(LOOK_UP_EACH_MAX),
  caIds: z.array(id).max(LOOK_UP_EACH_MAX),
  things: z.array(name).max(LOOK_UP_EACH_MAX),
  names: z.array(name).max(LOOK_UP_EACH_MAX),
  serials: z.array(z.string().regex(/^[0-9a-f]{1,64}$/)).max(LOOK_UP_EACH_MAX),
  certificatePem: z.string().max(CERTIFICATE_CHARACTERS_MAX).optional(),
  given: given.optional(),
});
