/**
 * What a handler that somebody else has written does about a newly registered certificate, as far as its text tells: what it calls,
 * and the faults that published ones are known for. A text is no proof: what is not found is not said to be absent.
 * @module
 */

/** More text than this is no handler of ours to read. */
const TEXT_CHARACTERS_MAX = 262_144;

/** Between the brace of a `try` and its `catch` is white space. */
const CATCH_DISTANCE_MAX = 200;
/** More than a handler has; each is read to its end. */
const TRIES_MAX = 100;

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
  return { language, file: file.name, deeds: deedsIn(text), faults: faultsIn(text, language) };
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

function faultsIn(text: string, language: RecognisedHandler['language']): HandlerFault[] {
  const faults: HandlerFault[] = [];
  if (isOpen(text)) faults.push('open-policy');
  if (calls(text, 'CreatePolicy') && !mindsRepetition(text, language)) faults.push('fails-when-repeated');
  return faults;
}

/** Everything on everything: `*` or `iot:*` as the action, and `*` as the resource, in any way JSON is written within a program. */
function isOpen(text: string): boolean {
  const member = (name: string, value: string) =>
    new RegExp(`\\b${name}\\\\?["']?\\s*[:=]\\s*\\[?\\s*\\\\?["']${value}\\\\?["']`, 'i').test(text);
  return member('Action', '(?:iot:)?\\*') && member('Resource', '\\*');
}

/** It looks before it makes, names the error that says that it is there, or catches whatever comes of making alone. */
function mindsRepetition(text: string, language: RecognisedHandler['language']): boolean {
  if (/ResourceAlreadyExists/.test(text) || calls(text, 'GetPolicy')) return true;
  if (language === 'python') return pythonTries(text).some(isForMaking);
  // A command that is made beforehand counts where it is sent.
  const [, command] = /(\w+)\s*=\s*new\s+CreatePolicyCommand\b/.exec(text) ?? [];
  const sent = command === undefined ? text : text.replaceAll(`send(${command})`, 'createPolicy()');
  return scriptTries(sent).some(isForMaking) || isCaughtByPromise(sent);
}

/** What also covers the attachment ends before it when the policy is there: the device stays without its policy. */
const isForMaking = (text: string): boolean =>
  calls(text, 'CreatePolicy') && !calls(text, 'AttachPolicy') && !calls(text, 'AttachPrincipalPolicy');

/** The bodies of every `try` that has an `except`. */
function pythonTries(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const starts = lines.flatMap((line, at) => (/^\s*try\s*:/.test(line) ? [at] : [])).slice(0, TRIES_MAX);
  return starts.flatMap((at) => {
    const indent = lines[at]?.search(/\S/) ?? 0;
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((each) => each.search(/\S/) <= indent);
    return end >= 0 && /^\s*except\b/.test(rest[end] ?? '') ? [rest.slice(0, end).join('\n')] : [];
  });
}

/** The blocks of every `try` that has a `catch`. */
function scriptTries(text: string): string[] {
  return [...text.matchAll(/\btry\s*\{/g)].slice(0, TRIES_MAX).flatMap((match) => {
    const start = match.index + match[0].length;
    let depth = 1;
    let at = start;
    for (; at < text.length && depth > 0; at += 1) {
      if (text[at] === '{') depth += 1;
      if (text[at] === '}') depth -= 1;
    }
    return /^\s*catch\b/.test(text.slice(at, at + CATCH_DISTANCE_MAX)) ? [text.slice(start, at - 1)] : [];
  });
}

/** `client.send(new CreatePolicyCommand(…)).catch(…)`, in one statement. */
const isCaughtByPromise = (text: string): boolean =>
  text.split(';').some((statement) => isForMaking(statement) && /\)\s*\.catch\s*\(/.test(statement));

function withoutComments(text: string, language: RecognisedHandler['language']): string {
  return language === 'python'
    ? text.replace(/^\s*#.*$/gm, '')
    : text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
