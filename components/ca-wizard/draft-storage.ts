/**
 * The draft over a reload: one per operator, environment and tab, public data only.
 * @module
 */
import { z } from 'zod';
import { DRAFT_PREFIX } from '@/lib/browser/tab-drafts';
import { ISSUERS_MAX } from '@/lib/pki/issuer-bounds';
import { KEY_ALGORITHMS } from '@/lib/pki/key-algorithm';
import { STARTER_KINDS } from '@/lib/provisioning/starters';
import { STEP_IDS, SUBJECT_FIELDS, type WizardDraft } from './wizard-draft';

/** Far above a certificate, a template and the form together; what is longer was not written here. */
const STORED_CHARACTERS_MAX = 400_000;

const text = z.string();
const form = z.strictObject({
  subject: z.strictObject(objectOf(SUBJECT_FIELDS)),
  algorithm: z.enum(KEY_ALGORITHMS),
  validityDays: z.number(),
  signer: z.enum(['self', 'parent']),
});
const facts = z.strictObject({
  caId: text,
  subject: text,
  commonName: text.optional(),
  isSelfIssued: z.boolean(),
  notBefore: text,
  notAfter: text,
  keyName: text,
  signatureAlgorithm: text,
});
const issuers = z.array(z.strictObject({ pem: text, subject: text })).max(ISSUERS_MAX);
const ca = z.strictObject({
  pem: text,
  facts,
  issuers,
  custody: z.enum(['absent', 'encrypted-file', 'plain-file', 'unsaved', 'downloaded', 'proved']),
});
const stored = z.strictObject({
  version: z.literal(2),
  draft: z.strictObject({
    step: z.enum(STEP_IDS),
    completed: z.array(z.enum(STEP_IDS)),
    road: z.enum(['create', 'bring']),
    form,
    parent: z.strictObject({ pem: text, facts, issuers }).optional(),
    created: ca.extend({ madeFrom: form, parentId: text.optional() }).optional(),
    brought: ca.optional(),
    mode: z.enum(['DEFAULT', 'SNI_ONLY']),
    template: z.strictObject({
      choice: z.enum(['starter', 'own', 'none']),
      starter: z.enum(STARTER_KINDS),
      policyName: text,
      createsPolicy: z.boolean(),
      ownText: text,
    }),
    role: z.strictObject({
      choice: z.enum(['existing', 'typed', 'new']),
      existingArn: text.optional(),
      typedArn: text,
      newName: text,
    }),
    setAsActive: z.boolean(),
    autoRegistration: z.boolean(),
  }),
});

/** Who signs in next in this tab does not find what another has typed. */
export const draftKey = (place: { operatorId: string; environmentId: string }): string =>
  `${DRAFT_PREFIX}ca-wizard/${place.operatorId}/${place.environmentId}`;

/** What a field of ours never holds, and a wrong paste may (RFC 7468 §10, §11; "RSA" and "EC" stand before it in older files). */
const PRIVATE_KEY = /PRIVATE KEY/i;

/** The draft as it is stored: a field that a private key was pasted into is stored empty. */
export const printDraft = (draft: WizardDraft): string =>
  JSON.stringify({ version: 2, draft }, (_name, value: unknown) =>
    typeof value === 'string' && PRIVATE_KEY.test(value) ? '' : value,
  );

/**
 * The draft in a stored text; undefined for anything else, such as the draft of another version. A created key that was
 * never downloaded is gone with the page that made it, and so is its certificate's use.
 */
export function parseDraft(storedText: string): WizardDraft | undefined {
  if (storedText.length > STORED_CHARACTERS_MAX) return undefined;
  const read = stored.safeParse(readJson(storedText));
  if (!read.success) return undefined;
  const { parent, created, brought, role, ...rest } = read.data.draft;
  const draft: WizardDraft = {
    ...rest,
    parent: parent && withCommonName(parent),
    created: created && {
      ...withCommonName(created),
      custody: created.custody,
      madeFrom: created.madeFrom,
      parentId: created.parentId,
    },
    brought: brought && { ...withCommonName(brought), custody: brought.custody },
    role: { ...role, existingArn: role.existingArn },
  };
  return created?.custody === 'unsaved' ? withoutLostKey(draft) : draft;
}

function withoutLostKey(draft: WizardDraft): WizardDraft {
  if (draft.road !== 'create') return { ...draft, created: undefined };
  return { ...draft, created: undefined, step: 'authority', completed: [] };
}

function withCommonName({
  pem,
  facts: read,
  issuers: above,
}: Pick<z.output<typeof ca>, 'pem' | 'facts' | 'issuers'>) {
  return { pem, facts: { ...read, commonName: read.commonName }, issuers: above };
}

function readJson(storedText: string): unknown {
  try {
    return JSON.parse(storedText);
  } catch (error) {
    // Whatever stands there is not ours: the wizard begins anew.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function objectOf<Key extends string>(keys: readonly Key[]): Record<Key, typeof text> {
  return Object.fromEntries(keys.map((key) => [key, text])) as Record<Key, typeof text>;
}
