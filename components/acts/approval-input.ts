/**
 * An approval as it travels: in an action's input, in the address of a plan, in what a tab keeps of its run.
 * @module
 */
import { z } from 'zod';
import { type Approval, GROUPS_MAX } from '@/lib/registry/approval';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { isPolicyName } from '@/lib/registry/iot-policy';
import { isThingName } from '@/lib/registry/thing';

/** Types and groups have the pattern of things (service model, `ThingTypeName`, `ThingGroupName`). */
const registryName = z.string().refine(isThingName);
/** A name or a value with a few placeholders in it. */
const template = z.string().min(1).max(256);
/** More than anybody fills in by hand; a thing with a type may have 50 (AWS IoT quotas). */
const ATTRIBUTES_MAX = 20;
const policyName = z.string().refine(isPolicyName);

export const approvalInput = z.strictObject({
  policy: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('existing'), name: policyName }),
    z.strictObject({ kind: z.literal('scoped'), name: policyName }),
    z.strictObject({
      kind: z.literal('set-up'),
      name: policyName,
      caId: z.string().refine(isCertificateId),
    }),
  ]),
  thing: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('create'),
      name: template,
      attributes: z
        .record(z.string().regex(/^[a-zA-Z0-9_.,@/:#-]{1,128}$/), template)
        .refine((attributes) => Object.keys(attributes).length <= ATTRIBUTES_MAX),
      typeName: registryName.optional(),
      groupNames: z.array(registryName).max(GROUPS_MAX).readonly(),
    }),
  ]),
}) satisfies z.ZodType<Approval>;

/** A small object of names: far below what an address holds. */
const TEXT_CHARACTERS_MAX = 4096;

/** @returns undefined for what is no approval */
export function parseApproval(text: string): Approval | undefined {
  if (text.length > TEXT_CHARACTERS_MAX) return undefined;
  try {
    const parsed = approvalInput.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
