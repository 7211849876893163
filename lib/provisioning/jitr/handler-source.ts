/**
 * The function's source: one file, so that CloudFormation can hold it inline. Node.js, because its standard library reads X.509 and
 * Lambda's runtime brings AWS's SDK, so that the package has nothing but this.
 * It is CommonJS: CloudFormation names inline code `index.js`.
 * @module
 */
import { assertNever } from '@/lib/result';
import { HANDLER_BODY, HANDLER_HEAD } from './handler-text';
import type { JitrSettings, JitrThing } from './settings';

/** Lambda Developer Guide, "Lambda runtimes": has AWS SDK for JavaScript 3. */
export const HANDLER_RUNTIME = 'nodejs24.x';
export const HANDLER_FILE = 'index.js';
export const HANDLER_NAME = 'index.handler';
/** A dozen calls, each repeated when AWS throttles it. */
export const HANDLER_TIMEOUT_SECONDS = 60;
/** Node.js and the SDK take some eighty; more memory also means a quicker start. */
export const HANDLER_MEMORY_MEGABYTES = 256;

/**
 * The handler of a set-up. The same settings and ids make the same text.
 *
 * @param caId - the CA that the set-up is for; undefined: all
 * @param allowedIds - what the allow list holds; undefined: there is none
 */
export function handlerSource(
  settings: JitrSettings,
  { caId, allowedIds }: { caId: string | undefined; allowedIds: readonly string[] | undefined },
): string {
  const { commonNames, checksValidity, validityDaysMax, revoked, rejection, thing } = settings;
  const embedded = {
    // null stands for "not asked for".
    caCertificateId: caId ?? null,
    commonNames,
    checksValidity,
    validityDaysMax: validityDaysMax ?? null,
    rejection,
    policy: policyOf(settings),
    thing: thing === undefined ? null : embeddedThing(thing),
    allowedIds: allowedIds === undefined ? null : sortedSet(allowedIds),
    revoked:
      revoked === undefined
        ? null
        : { nextUpdate: revoked.nextUpdate ?? null, serials: sortedSet(revoked.serials) },
  };
  return `${HANDLER_HEAD}${JSON.stringify(embedded, null, 2)};\n${HANDLER_BODY}`;
}

/** Attributes as a list: in source text, an object's `__proto__` is something else. */
const embeddedThing = ({ name, typeName, groups, attributes, taken }: JitrThing) => ({
  name,
  typeName: typeName ?? null,
  groups,
  attributes: Object.entries(attributes).map(([attribute, value]) => ({ name: attribute, value })),
  taken,
});

const sortedSet = (texts: readonly string[]): string[] =>
  [...new Set(texts)].sort((one, other) => (one < other ? -1 : 1));

function policyOf({ policy }: JitrSettings): { name: string; document: string | null } | null {
  switch (policy.kind) {
    case 'none':
      return null;
    case 'existing':
      return { name: policy.name, document: null };
    case 'create':
      return { name: policy.name, document: policy.document };
    default:
      return assertNever(policy);
  }
}
