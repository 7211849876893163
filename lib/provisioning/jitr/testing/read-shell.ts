/** The words of one simple command (POSIX.1-2017, Shell Command Language 2.2): single quotes, backslashes, nothing that expands. */
export function readShell(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < command.length; at += 1) {
    const character = command.charAt(at);
    if (character === "'") {
      const end = command.indexOf("'", at + 1);
      if (end < 0) throw new SyntaxError('a quote without an end');
      word = (word ?? '') + command.slice(at + 1, end);
      at = end;
    } else if (character === '\\') {
      at += 1;
      const next = command.charAt(at);
      if (next !== '\n') word = (word ?? '') + next;
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (/[$`"*?[\]~;&|<>()#!{}]/.test(character)) {
      throw new SyntaxError(`${character} outside quotes`);
    } else word = (word ?? '') + character;
  }
  return word === undefined ? words : [...words, word];
}
