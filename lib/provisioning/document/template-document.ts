/**
 * A provisioning template as the editor holds it: its text, which is the only truth, and what the text says.
 * AWS IoT Developer Guide, "Provisioning templates". Every change is a change of the text, so what no view models is
 * never lost.
 * @module
 */

import { compactJson } from '@/lib/policy/json-layout';
import type { JsonFault } from '@/lib/policy/json-text';
import { type JsonNode, memberNode, nodeAt, nodeValue, readJsonTree } from '@/lib/policy/json-tree';
import { POLICY_CHARACTERS_MAX, policyCharacters } from '@/lib/policy/policy-document';
import {
  TEMPLATE_BODY_CHARACTERS_MAX,
  type Template,
  type TemplateFault,
  templateFromJson,
} from '@/lib/provisioning/template';
import { fail, type Result } from '@/lib/result';

export type TemplateDocument = {
  readonly text: string;
  readonly tree: Result<JsonNode, JsonFault>;
  /** Fails with an empty list where the text is no JSON: `tree` says why. */
  readonly template: Result<Template, readonly TemplateFault[]>;
};

/** Reads a template's text. Total; the length is not judged here, so that a text that is too long can be edited. */
export function readTemplateDocument(text: string): TemplateDocument {
  const tree = readJsonTree(text);
  return { text, tree, template: tree.ok ? templateFromJson(nodeValue(tree.value)) : fail([]) };
}

export type PolicyText = {
  logicalId: string;
  /** The document's own text; printed where the template has it as an object. */
  text: string;
  /** Where the value stands in the template's text: a literal with its quotes, or an object. */
  node: JsonNode;
  isString: boolean;
};

/** The policy documents of a template, in order. Values that are neither text nor an object are left out. */
export function policyTexts({ text, tree }: TemplateDocument): PolicyText[] {
  const resources = tree.ok ? nodeAt(tree.value, ['Resources']) : undefined;
  if (resources?.kind !== 'object') return [];
  return resources.members.flatMap(({ name: logicalId, value }): PolicyText[] => {
    if (memberNode(value, 'Type')?.value.kind !== 'scalar') return [];
    const node = memberNode(memberNode(value, 'Properties')?.value, 'PolicyDocument')?.value;
    if (node === undefined) return [];
    if (node.kind === 'scalar') {
      return typeof node.value === 'string' ? [{ logicalId, text: node.value, node, isString: true }] : [];
    }
    // A Ref or a function stands for a text that only provisioning knows.
    const isFunction = node.kind === 'object' && node.members.some(({ name }) => /^(?:Ref$|Fn::)/.test(name));
    return isFunction ? [] : [{ logicalId, text: text.slice(node.start, node.end), node, isString: false }];
  });
}

export type Size = { characters: number; max: number };

export type DocumentSizes = {
  /** Of the text as it stands; `compact` without the white space between its tokens, which AWS counts too. */
  template: Size;
  compact: Size;
  /** White space is not counted in policies. */
  policies: (Size & { logicalId: string })[];
};

/** What AWS's quotas count: 10 240 characters of template, 2 048 of each policy. */
export function documentSizes(document: TemplateDocument): DocumentSizes {
  const max = TEMPLATE_BODY_CHARACTERS_MAX;
  return {
    template: { characters: document.text.length, max },
    compact: { characters: compactJson(document.text).length, max },
    policies: policyTexts(document).map(({ logicalId, text }) => ({
      logicalId,
      characters: policyCharacters(text),
      max: POLICY_CHARACTERS_MAX,
    })),
  };
}
