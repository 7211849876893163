import { describe, expect, it } from 'vitest';
import { openText } from '@/lib/provisioning/document/editor-text';
import { setAttribute, setProperty } from '@/lib/provisioning/document/template-edits';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { act, type EditorAct, type EditorState, startEditor } from './editor-state';

const opened = () => startEditor(openText({ body: scoped.templateBody, roleArn: '' }));
const carriedOut = (...deeds: EditorAct[]): EditorState => deeds.reduce(act, opened());
const bodyOf = ({ history }: EditorState) => history.present.body;
const typed = (value: string, atMs: number): EditorAct => ({
  kind: 'edit',
  edit: (template) => setAttribute(template, 'thing', 'version', { kind: 'text', text: value }),
  field: 'version',
  atMs,
});

describe('the editor', () => {
  it('undoes what was typed into a field in one go, and what came after a pause by itself', () => {
    const state = carriedOut(typed('v', 0), typed('v2', 100), typed('v22', 5000));
    const once = act(state, { kind: 'undo' });
    expect(bodyOf(once)).toContain('"v2"');
    expect(bodyOf(act(once, { kind: 'undo' }))).toBe(scoped.templateBody);
    expect(bodyOf(act(once, { kind: 'redo' }))).toBe(bodyOf(state));
  });

  it('works edits out from the document as it is, not as it was drawn', () => {
    const edit = (name: string): EditorAct => ({
      kind: 'edit',
      edit: (template) => setProperty(template, 'thing', 'ThingName', { kind: 'parameter', name }),
      atMs: 0,
    });
    const name = 'AWS::IoT::Certificate::SerialNumber';
    const twice = carriedOut(edit(name), edit(name));
    expect(JSON.parse(bodyOf(twice)).Parameters).toHaveProperty(name);
    expect(twice.history.past).toHaveLength(1);
  });

  it.each<[string, EditorAct]>([
    [
      'an edit that cannot be done',
      { kind: 'fix', fix: { kind: 'edit', edits: [{ kind: 'remove', path: ['Resources', 'nothing'] }] } },
    ],
    ['a text equal to the one there', { kind: 'type', view: 'template', text: scoped.templateBody, atMs: 0 }],
    ['dropping where nothing is broken', { kind: 'drop-broken' }],
    ['undoing where nothing was done', { kind: 'undo' }],
  ])('makes no step of %s', (_, deed) => {
    const state = carriedOut(deed);
    expect(state.history.past).toEqual([]);
    expect(bodyOf(state)).toBe(scoped.templateBody);
  });

  it('fills the placeholder of the account in everywhere, the role included', () => {
    const role = 'arn:aws:iam::<ACCOUNT_ID>:role/JITPRole';
    const fix = { kind: 'replace', found: '<ACCOUNT_ID>', replacement: '123456789012' } as const;
    const { present } = carriedOut({ kind: 'role', arn: role, atMs: 0 }, { kind: 'fix', fix }).history;
    expect(present.roleArn).toBe('arn:aws:iam::123456789012:role/JITPRole');
    expect(present.config).not.toContain('<ACCOUNT_ID>');
  });

  it('takes a template and keeps the role where the template brings none', () => {
    const role = 'arn:aws:iam::123456789012:role/JITPRole';
    const state = carriedOut(
      { kind: 'role', arn: role, atMs: 0 },
      { kind: 'take', body: '{}', roleArn: undefined },
    );
    expect(state.history.present).toMatchObject({ body: '{}', roleArn: role });
  });
});
