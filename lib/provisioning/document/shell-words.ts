/**
 * The words of a POSIX shell command that hold no expansion.
 * POSIX.1-2017, Shell Command Language, 2.2 Quoting and 2.3 Token Recognition.
 * @module
 */
import { fail, ok, type Result } from '@/lib/result';

export type ShellFault = { code: 'shell-expansion' | 'unclosed-quote'; found: string };

/**
 * Splits one command into words. What the shell would replace (`$NAME`, `$(…)`, backquotes) is refused: its value is not
 * in the text. The command ends where the shell would end it; `|`, `;`, `&` and redirections are not read.
 */
export function shellWords(command: string): Result<string[], ShellFault> {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < command.length) {
    const character = command.charAt(at);
    if (character === '\\') {
      // A backslash at the end of a line joins it with the next.
      const isJoin = /^\\\r?\n/.exec(command.slice(at, at + 3))?.[0];
      if (isJoin === undefined) word = (word ?? '') + command.charAt(at + 1);
      at += isJoin?.length ?? 2;
    } else if (character === "'") {
      const end = command.indexOf("'", at + 1);
      if (end === -1) return fail({ code: 'unclosed-quote', found: "'" });
      word = (word ?? '') + command.slice(at + 1, end);
      at = end + 1;
    } else if (character === '"') {
      const quoted = doubleQuoted(command, at + 1);
      if (!quoted.ok) return quoted;
      word = (word ?? '') + quoted.value.text;
      at = quoted.value.end;
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      if (character === '\n' && words.length > 0) break;
      at += 1;
    } else if (/[|;&<>]/.test(character)) {
      break;
    } else {
      const expansion = expansionAt(command, at);
      if (expansion !== undefined) return fail({ code: 'shell-expansion', found: expansion });
      word = (word ?? '') + character;
      at += 1;
    }
  }
  if (word !== undefined) words.push(word);
  return ok(words);
}

function doubleQuoted(command: string, start: number): Result<{ text: string; end: number }, ShellFault> {
  let text = '';
  let at = start;
  while (at < command.length) {
    const character = command.charAt(at);
    if (character === '"') return ok({ text, end: at + 1 });
    if (character === '\\') {
      const next = command.charAt(at + 1);
      // Only these lose their backslash between double quotes.
      if (next === '\n') text += '';
      else text += '$`"\\'.includes(next) ? next : `\\${next}`;
      at += 2;
      continue;
    }
    const expansion = expansionAt(command, at);
    if (expansion !== undefined) return fail({ code: 'shell-expansion', found: expansion });
    text += character;
    at += 1;
  }
  return fail({ code: 'unclosed-quote', found: '"' });
}

function expansionAt(command: string, at: number): string | undefined {
  return /^(?:\$\{[^}]*\}?|\$\([^)]*\)?|\$[\w@*#?!'"-]+|`[^`]*`?)/.exec(command.slice(at, at + 80))?.[0];
}
