/**
 * As much of Terraform's language as our configurations use: blocks, and attributes that are strings, numbers, booleans, objects,
 * heredocs or references. HCL Native Syntax Specification.
 */
export type HclBlock = {
  type: string;
  labels: string[];
  attributes: Record<string, unknown>;
  blocks: HclBlock[];
};

export function readHcl(text: string): HclBlock {
  const lines = text.split('\n');
  const root: HclBlock = { type: '', labels: [], attributes: {}, blocks: [] };
  const open: HclBlock[] = [root];
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    const here = open.at(-1) ?? root;
    const block = /^(\w+)((?: "[^"]*")*) \{$/.exec(line);
    const object = /^(\w+)\s*= \{$/.exec(line);
    const heredoc = /^(\w+)\s*= <<-(\w+)$/.exec(line);
    const attribute = /^(\w+)\s*= (.+)$/.exec(line);
    if (line === '' || line.startsWith('#')) continue;
    if (line === '}') {
      if (open.length === 1) throw new SyntaxError(`line ${at + 1}: nothing to close`);
      open.pop();
    } else if (block ?? object) {
      const [, type = '', labels = ''] = block ?? object ?? [];
      const made = {
        type,
        labels: [...(block ? labels : '').matchAll(/"([^"]*)"/g)].map(([, label = '']) => label),
        attributes: {},
        blocks: [],
      };
      here.blocks.push(made);
      open.push(made);
    } else if (heredoc) {
      const [, name = '', mark] = heredoc;
      const body: string[] = [];
      for (at += 1; (lines[at] ?? '').trim() !== mark; at += 1) {
        if (at >= lines.length) throw new SyntaxError(`${mark} without an end`);
        body.push(lines[at] ?? '');
      }
      here.attributes[name] = unescaped(body.join('\n'));
    } else if (attribute) {
      const [, name = '', value = ''] = attribute;
      here.attributes[name] = readValue(value);
    } else throw new SyntaxError(`line ${at + 1}: ${line}`);
  }
  if (open.length > 1) throw new SyntaxError('a block without an end');
  return root;
}

/** A template that is no escape stays as it stands. */
const unescaped = (text: string): string => text.replaceAll('$${', '${').replaceAll('%%{', '%{');

function readValue(value: string): unknown {
  if (/^"/.test(value)) return unescaped(String(JSON.parse(value)));
  if (/^(?:\d+|true|false)$/.test(value)) return JSON.parse(value);
  if (/^[a-z_]\w*(?:\.\w+|\(".*"\))*$/.test(value)) return value;
  throw new SyntaxError(`no value: ${value}`);
}
