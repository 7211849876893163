/**
 * What the editor holds of one document in two texts: the template, and the registration config that carries it escaped.
 * Both always say the same. A text that does not parse while it is typed is held beside the last good state.
 * @module
 */
import { applyJsonEdits, type JsonEdit } from '@/lib/policy/json-edit';
import type { JsonFault } from '@/lib/policy/json-text';
import { readJsonTree, type TextRange } from '@/lib/policy/json-tree';
import { printRegistrationConfig } from '@/lib/provisioning/registration-config';
import { type ConfigTextFault, readConfigText, setConfigContent } from './config-text';

export type TextView = 'template' | 'config';

export type BrokenText = {
  view: TextView;
  /** As typed, character for character. */
  text: string;
  code: ConfigTextFault['code'];
  json: JsonFault | undefined;
  /** In `text`. */
  range: TextRange;
};

export type EditorText = {
  /** The template's text: JSON, whether or not it is a template. */
  readonly body: string;
  /** Empty: none given. */
  readonly roleArn: string;
  /** Reads to `body` and `roleArn`, in the manner it was written or pasted. */
  readonly config: string;
  /** What is being typed and is no JSON yet; nothing else can be changed meanwhile. */
  readonly broken: BrokenText | undefined;
};

export const BLANK_TEMPLATE = '{\n  "Parameters": {},\n  "Resources": {}\n}';

/** Opens a template. A body that is no JSON is opened as a text being typed. */
export function openText({ body, roleArn }: { body: string; roleArn: string }): EditorText {
  if (readJsonTree(body).ok) return { body, roleArn, config: print(body, roleArn), broken: undefined };
  return typeTemplate(openText({ body: BLANK_TEMPLATE, roleArn }), body);
}

/** The text that a view shows. */
export function shownText(state: EditorText, view: TextView): string {
  if (state.broken?.view === view) return state.broken.text;
  return view === 'template' ? state.body : state.config;
}

/** Types into a view; what does not parse is kept there and changes nothing else. */
export function typeText(state: EditorText, view: TextView, text: string): EditorText {
  return view === 'template' ? typeTemplate(state, text) : typeConfig(state, text);
}

function typeTemplate(state: EditorText, text: string): EditorText {
  const read = readJsonTree(text);
  if (read.ok) return withContent(dropBroken(state), { body: text, roleArn: state.roleArn });
  const { offset } = read.failure.at;
  const range = { start: offset, end: Math.min(offset + 1, text.length) };
  return { ...state, broken: { view: 'template', text, code: 'not-json', json: read.failure, range } };
}

function typeConfig(state: EditorText, text: string): EditorText {
  if (state.broken === undefined && text === state.config) return state;
  const read = readConfigText(text);
  if (read.ok) return { ...read.value, config: text, broken: undefined };
  return { ...state, broken: { view: 'config', text, ...read.failure } };
}

/** Edits of the template, from the drawing or a fix; none while a text is broken, and none that cannot be done. */
export function editTemplate(state: EditorText, edits: readonly JsonEdit[]): EditorText {
  if (state.broken !== undefined) return state;
  const edited = applyJsonEdits(state.body, edits);
  return edited.ok ? withContent(state, { body: edited.value, roleArn: state.roleArn }) : state;
}

/** Another text of the same template, laid out or compact. */
export function replaceBody(state: EditorText, body: string): EditorText {
  return state.broken === undefined ? withContent(state, { body, roleArn: state.roleArn }) : state;
}

export function setRole(state: EditorText, roleArn: string): EditorText {
  return state.broken === undefined ? withContent(state, { body: state.body, roleArn }) : state;
}

/** Back to the last good state. */
export function dropBroken(state: EditorText): EditorText {
  return state.broken === undefined ? state : { ...state, broken: undefined };
}

function withContent(state: EditorText, content: { body: string; roleArn: string }): EditorText {
  if (content.body === state.body && content.roleArn === state.roleArn) return state;
  return { ...state, ...content, config: setConfigContent(state.config, content) };
}

const print = (templateBody: string, roleArn: string) =>
  printRegistrationConfig({
    kind: 'inline',
    templateBody,
    roleArn: roleArn === '' ? undefined : roleArn,
  });
