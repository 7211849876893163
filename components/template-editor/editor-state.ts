/**
 * What happens in the editor, as data: typing, edits of the drawing, fixes, pasting, undo and redo.
 * @module
 */
import type { JsonEdit } from '@/lib/policy/json-edit';
import { compactJson, layOutJson } from '@/lib/policy/json-layout';
import {
  dropBroken,
  type EditorText,
  editTemplate,
  openText,
  replaceBody,
  setRole,
  type TextView,
  typeText,
} from '@/lib/provisioning/document/editor-text';
import { type History, record, redo, startHistory, undo } from '@/lib/provisioning/document/history';
import { readTemplateDocument } from '@/lib/provisioning/document/template-document';
import { applyFix, type TemplateFix } from '@/lib/provisioning/lint/template-finding';
import type { Template } from '@/lib/provisioning/template';
import { assertNever } from '@/lib/result';

export type EditorState = {
  readonly history: History<EditorText>;
  /** Changes of one field right after one another, which are undone as one. */
  readonly burst: { readonly field: string; readonly number: number; readonly atMs: number };
};

/** Edits are worked out from the template as it is when they are made, not as it was when it was drawn. */
export type TemplateEdit = (template: Template) => readonly JsonEdit[];

export type Arrangement = 'lay-out' | 'compact';
const ARRANGE = { 'lay-out': layOutJson, compact: compactJson };

export type EditorAct =
  | { kind: 'type'; view: TextView; text: string; atMs: number }
  /** `field`: what is typed into; undefined for a click, which is undone by itself. */
  | { kind: 'edit'; edit: TemplateEdit; field?: string | undefined; atMs: number }
  /** A fix, which may concern a text that is JSON and no template. */
  | { kind: 'fix'; fix: TemplateFix }
  | { kind: 'role'; arn: string; atMs: number }
  | { kind: 'arrange'; arrangement: Arrangement }
  | { kind: 'open'; text: EditorText }
  /** A template without a role of its own keeps the one that is there. */
  | { kind: 'take'; body: string; roleArn: string | undefined }
  | { kind: 'drop-broken' }
  | { kind: 'undo' }
  | { kind: 'redo' };

/** A pause in typing that ends a step of undo. Our choice. */
const PAUSE_MS = 900;

export const startEditor = (text: EditorText): EditorState => ({
  history: startHistory(text),
  burst: { field: '', number: 0, atMs: 0 },
});

/** Carries out one act. An act that changes nothing returns the very same history. */
export function act(state: EditorState, deed: EditorAct): EditorState {
  const { present } = state.history;
  switch (deed.kind) {
    case 'type':
      return typed(state, `text ${deed.view}`, deed.atMs, typeText(present, deed.view, deed.text));
    case 'role':
      return typed(state, 'role', deed.atMs, setRole(present, deed.arn));
    case 'edit': {
      const { template } = readTemplateDocument(present.body);
      if (!template.ok) return state;
      const next = editTemplate(present, deed.edit(template.value));
      return deed.field === undefined ? done(state, next) : typed(state, deed.field, deed.atMs, next);
    }
    case 'fix':
      return done(state, mended(present, deed.fix));
    case 'arrange':
      return done(state, replaceBody(present, ARRANGE[deed.arrangement](present.body)));
    case 'open':
      return done(state, deed.text);
    case 'take':
      return done(state, openText({ body: deed.body, roleArn: deed.roleArn ?? present.roleArn }));
    case 'drop-broken':
      return done(state, dropBroken(present));
    case 'undo':
      return { ...state, history: undo(state.history) };
    case 'redo':
      return { ...state, history: redo(state.history) };
    default:
      return assertNever(deed);
  }
}

/** A placeholder is filled in for the role as well. */
function mended(text: EditorText, fix: TemplateFix): EditorText {
  const body = applyFix(text.body, fix);
  if (!body.ok) return text;
  const next = replaceBody(text, body.value);
  return fix.kind === 'replace' ? setRole(next, next.roleArn.replaceAll(fix.found, fix.replacement)) : next;
}

const done = (state: EditorState, text: EditorText): EditorState => ({
  ...state,
  history: record(state.history, text),
});

function typed(state: EditorState, field: string, atMs: number, text: EditorText): EditorState {
  const { burst } = state;
  const goesOn = burst.field === field && atMs - burst.atMs < PAUSE_MS;
  const number = goesOn ? burst.number : burst.number + 1;
  return {
    history: record(state.history, text, `${field} ${number}`),
    burst: { field, number, atMs },
  };
}
