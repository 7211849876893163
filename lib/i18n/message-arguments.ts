/**
 * The arguments that an ICU message asks for, as `name:type`, sorted, e.g. `['count:plural', 'name:string']`.
 * Rich-text tags count too (`link:tag`). Throws a `SyntaxError` on a message that no formatter could read.
 * Grammar: ICU MessageFormat with apostrophes as in ICU's default mode (doubled, or quoting `{`, `}`, `<`, `>`).
 */
export function messageArguments(message: string): string[] {
  const found = new Set<string>();
  const end = readMessage(unquote(message), 0, 0, found);
  if (end !== unquote(message).length) throw new SyntaxError(`unbalanced brace at ${end}: ${message}`);
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

function unquote(message: string): string {
  return message.replaceAll("''", '').replace(/'[{}<>#][^']*(?:'|$)/g, '');
}

function readMessage(text: string, start: number, depth: number, found: Set<string>): number {
  let at = start;
  while (at < text.length) {
    const tag = /^<([a-zA-Z]\w*)>/.exec(text.slice(at));
    if (tag?.[1]) found.add(`${tag[1]}:tag`);
    if (text[at] === '}') {
      if (depth > 0) return at;
      throw new SyntaxError(`unexpected } at ${at}: ${text}`);
    }
    at = text[at] === '{' ? readArgument(text, at + 1, depth, found) : at + 1;
  }
  return at;
}

/** Reads from behind the opening brace to behind the closing one. */
function readArgument(text: string, start: number, depth: number, found: Set<string>): number {
  const head = /^\s*(\w+)\s*(?:,\s*(\w+)\s*)?/.exec(text.slice(start));
  if (!head?.[1]) throw new SyntaxError(`no argument name at ${start}: ${text}`);
  found.add(`${head[1]}:${head[2] ?? 'string'}`);
  let at = start + head[0].length;
  while (at < text.length && text[at] !== '}') {
    if (text[at] !== '{') at += 1;
    else {
      at = readMessage(text, at + 1, depth + 1, found);
      if (text[at] !== '}') throw new SyntaxError(`a branch does not end: ${text}`);
      at += 1;
    }
  }
  if (text[at] !== '}') throw new SyntaxError(`an argument does not end: ${text}`);
  return at + 1;
}
