/**
 * Templates being edited, over a reload: in this browser, per operator and environment. A template holds no secret; a text
 * with a private key in it is not kept.
 * @module
 */
import { z } from 'zod';

export const TEMPLATE_DRAFT_PREFIX = 'jitp-console/template-draft/';

/** A config of three levels of escaping, read up to this length everywhere (`CONFIG_CHARACTERS_MAX`). */
const TEXT_CHARACTERS_MAX = 65_536;
/** Browsers give an origin five million characters; ten drafts of four texts stay below three. */
const DRAFTS_MAX = 10;

const text = z.string().max(TEXT_CHARACTERS_MAX);
const content = z.strictObject({ body: text, roleArn: text });
const stored = z.strictObject({
  version: z.literal(1),
  savedAt: z.iso.datetime(),
  /** What the editor was opened with. */
  opened: content,
  body: text,
  roleArn: text,
  config: text,
  broken: z.strictObject({ view: z.enum(['template', 'config']), text }).optional(),
});

export type TemplateDraft = Omit<z.output<typeof stored>, 'version' | 'broken'> & {
  broken: { view: 'template' | 'config'; text: string } | undefined;
};

type DraftStorage = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** @param subject - what is edited: a template's name, a CA's id, or nothing yet */
export function templateDraftKey(place: {
  operatorId: string;
  environmentId: string;
  subject: string;
}): string {
  const { operatorId, environmentId, subject } = place;
  return TEMPLATE_DRAFT_PREFIX + [operatorId, environmentId, subject].map(encodeURIComponent).join('/');
}

/** The draft of this key; undefined where there is none, or none that this version can read. */
export function readTemplateDraft(storage: DraftStorage, key: string): TemplateDraft | undefined {
  const written = storage.getItem(key);
  if (written === null) return undefined;
  const read = stored.safeParse(readJson(written));
  if (!read.success) return undefined;
  const { version: _, broken, ...draft } = read.data;
  return { ...draft, broken };
}

/** Keeps a draft; the oldest of its operator and environment give way. False where the browser would not keep it. */
export function writeTemplateDraft(storage: DraftStorage, key: string, draft: TemplateDraft): boolean {
  const parsed = stored.safeParse({ version: 1, ...draft });
  const written = parsed.success ? JSON.stringify(parsed.data) : '';
  if (written === '' || /PRIVATE KEY/i.test(written)) {
    storage.removeItem(key);
    return false;
  }
  try {
    storage.setItem(key, written);
    dropOldest(storage, key.slice(0, key.lastIndexOf('/') + 1));
    return true;
  } catch (error) {
    // No room, or no storage at all (a browser set to keep nothing): the editor goes on without.
    if (error instanceof DOMException) return false;
    throw error;
  }
}

function dropOldest(storage: DraftStorage, prefix: string): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(prefix),
  );
  const byAge = keys
    .map((key) => ({ key, savedAt: readTemplateDraft(storage, key)?.savedAt ?? '' }))
    .toSorted((one, other) => other.savedAt.localeCompare(one.savedAt));
  for (const { key } of byAge.slice(DRAFTS_MAX)) storage.removeItem(key);
}

function readJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    // Not ours: there is no draft.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
