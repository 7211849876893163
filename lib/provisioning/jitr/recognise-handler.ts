/**
 * What a handler that somebody else has written does about a newly registered certificate, as far as its text tells: what it calls,
 * and the faults that published ones are known for. A text is no proof: what is not found is not said to be absent.
 * @module
 */

/** More text than this is no handler of ours to read. */
const TEXT_CHARACTERS_MAX = 262_144;

export type HandlerFile = { name: string; text: string };

export const HANDLER_DEEDS = [
  'activates',
  'makes-policy',
  'makes-policy-per-certificate',
  'attaches-policy',
  'attaches-policy-by-old-call',
  'makes-thing',
] as const;
export type HandlerDeed = (typeof HANDLER_DEEDS)[number];

export const HANDLER_FAULTS = ['open-policy', 'fails-when-repeated'] as const;
export type HandlerFault = (typeof HANDLER_FAULTS)[number];

export type RecognisedHandler = {
  language: 'python' | 'javascript';
  file: string;
  deeds: readonly HandlerDeed[];
  faults: readonly HandlerFault[];
};

/**
 * @param handler - as the function's configuration names it: `lambda_function.lambda_handler`
 * @returns undefined when the package has no text for it
 */
export function recogniseHandler(
  files: readonly HandlerFile[],
  handler: string,
): RecognisedHandler | undefined {
  const module = handler.slice(0, handler.lastIndexOf('.'));
  const file = files.find(
    ({ name }) => /\.(?:py|js|mjs|cjs)$/.test(name) && name.replace(/\.\w+$/, '') === module,
  );
  if (file === undefined || file.text.length > TEXT_CHARACTERS_MAX) return undefined;
  const language = file.name.endsWith('.py') ? 'python' : 'javascript';
  const text = withoutComments(file.text, language);
  return { language, file: file.name, deeds: deedsIn(text), faults: faultsIn(text) };
}

/** A name in either language: boto3's `create_policy`, the SDK's `CreatePolicyCommand` and `createPolicy(`. */
function calls(text: string, operation: string): boolean {
  const snake = operation.replace(
    /[A-Z]/g,
    (letter, at: number) => (at === 0 ? '' : '_') + letter.toLowerCase(),
  );
  const camel = operation.charAt(0).toLowerCase() + operation.slice(1);
  return new RegExp(`\\b${snake}\\s*\\(|\\b${operation}Command\\b|\\b${camel}\\s*\\(`).test(text);
}

function deedsIn(text: string): HandlerDeed[] {
  const deeds: HandlerDeed[] = [];
  if (calls(text, 'UpdateCertificate') && /ACTIVE/.test(text)) deeds.push('activates');
  if (calls(text, 'CreatePolicy'))
    deeds.push(isPerCertificate(text) ? 'makes-policy-per-certificate' : 'makes-policy');
  if (calls(text, 'AttachPolicy')) deeds.push('attaches-policy');
  if (calls(text, 'AttachPrincipalPolicy')) deeds.push('attaches-policy-by-old-call');
  if (calls(text, 'CreateThing')) deeds.push('makes-thing');
  return deeds;
}

/** `<certificateId>-policy`: an id is joined with what makes a name of it. */
const isPerCertificate = (text: string): boolean =>
  /certificate_?id[\w'"\])}\s]*(?:\+|\.format|%|\})?[\s'"`]*[-_]?policy|policy[-_]?(?:['"`]\s*\+|%s|\{|\$\{)[^\n]{0,40}certificate_?id|%s-policy|\{\}-policy|\{0\}-policy/i.test(
    text,
  );

function faultsIn(text: string): HandlerFault[] {
  const faults: HandlerFault[] = [];
  if (isOpen(text)) faults.push('open-policy');
  if (calls(text, 'CreatePolicy') && !mindsRepetition(text)) faults.push('fails-when-repeated');
  return faults;
}

/** Everything on everything: `*` or `iot:*` as the action, and `*` as the resource, in any way JSON is written within a program. */
function isOpen(text: string): boolean {
  const member = (name: string, value: string) =>
    new RegExp(`\\b${name}\\\\?["']?\\s*[:=]\\s*\\[?\\s*\\\\?["']${value}\\\\?["']`, 'i').test(text);
  return member('Action', '(?:iot:)?\\*') && member('Resource', '\\*');
}

/** It looks before it makes, or catches what says that it is there. */
const mindsRepetition = (text: string): boolean =>
  /ResourceAlreadyExists|\bexcept\b|\bcatch\b/.test(text) || calls(text, 'GetPolicy');

function withoutComments(text: string, language: RecognisedHandler['language']): string {
  return language === 'python'
    ? text.replace(/^\s*#.*$/gm, '')
    : text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
