/**
 * A settings document as it comes from a form or the console's own table: its shape and bounds. What its values mean is judged by
 * `settingsFaults`.
 * @module
 */
import 'server-only';
import { z } from 'zod';
import {
  ALLOWED_IDS_MAX,
  NAME_PATTERN_CHARACTERS_MAX,
  NAME_PATTERNS_MAX,
  REJECTIONS,
  REVOKED_SERIALS_MAX,
  THING_ATTRIBUTES_MAX,
} from '@/lib/provisioning/jitr/settings';

/** A little more than AWS takes (2048 that are not white space), so that a document that is too long is told so by name. */
const DOCUMENT_CHARACTERS_MAX = 16_384;
/** More than any name of IoT or IAM has: the rules for each say what is wrong with it. */
const NAME_CHARACTERS_MAX = 256;
/** Ten groups (AWS IoT quotas), and some to be told of. */
const GROUPS_MAX = 20;
/** An attribute's value (service model, `AttributeValue`). */
const ATTRIBUTE_CHARACTERS_MAX = 800;

const name = z.string().max(NAME_CHARACTERS_MAX);

export const jitrSettings = z.strictObject({
  name,
  scope: z.enum(['one-ca', 'all-cas']),
  allowList: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('ledger') }),
    z.strictObject({
      kind: z.literal('inline'),
      certificateIds: z.array(z.string().max(NAME_CHARACTERS_MAX)).max(ALLOWED_IDS_MAX).readonly(),
    }),
  ]),
  commonNames: z
    .array(z.string().max(2 * NAME_PATTERN_CHARACTERS_MAX))
    .max(2 * NAME_PATTERNS_MAX)
    .readonly(),
  checksValidity: z.boolean(),
  validityDaysMax: z.int().optional(),
  revoked: z
    .strictObject({
      serials: z
        .array(z.string().regex(/^[0-9a-f]{1,42}$/))
        .max(REVOKED_SERIALS_MAX)
        .readonly(),
      nextUpdate: z.iso.datetime().optional(),
    })
    .optional(),
  rejection: z.enum(REJECTIONS),
  policy: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('existing'), name }),
    z.strictObject({ kind: z.literal('create'), name, document: z.string().max(DOCUMENT_CHARACTERS_MAX) }),
  ]),
  thing: z
    .strictObject({
      name,
      typeName: name.optional(),
      groups: z.array(name).max(GROUPS_MAX).readonly(),
      attributes: z
        .record(name, z.string().max(ATTRIBUTE_CHARACTERS_MAX))
        .refine((attributes) => Object.keys(attributes).length <= THING_ATTRIBUTES_MAX, 'too-many'),
      taken: z.enum(['use', 'refuse']),
    })
    .optional(),
});
