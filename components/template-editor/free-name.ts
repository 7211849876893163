/** A name that none of the entries has: `attribute`, `attribute2`, … */
export function freeName(word: string, entries: readonly { name: string }[]): string {
  const taken = new Set(entries.map(({ name }) => name));
  let name = word;
  for (let number = 2; taken.has(name); number += 1) name = `${word}${number}`;
  return name;
}
