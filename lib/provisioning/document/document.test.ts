import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyJsonEdits, type JsonEdit } from '@/lib/policy/json-edit';
import { compactJson, layOutJson } from '@/lib/policy/json-layout';
import { canonicalJson, isSameJson } from '@/lib/policy/json-tree';
import admin from '@/lib/provisioning/fixtures/jitp-admin.json';
import predefined from '@/lib/provisioning/fixtures/jitp-predefined-policy.json';
import scoped from '@/lib/provisioning/fixtures/jitp-scoped.json';
import { printRegistrationConfig } from '@/lib/provisioning/registration-config';
import type { Template } from '@/lib/provisioning/template';
import { record, redo, startHistory, undo } from './history';
import { readAnything } from './read-anything';
import { documentSizes, policyTexts, readTemplateDocument } from './template-document';
import {
  addResource,
  editPolicy,
  removeParameter,
  removeResource,
  renameAttribute,
  renameResource,
  setAttribute,
  setOverride,
  setParameter,
  setPolicy,
  setProperty,
  setThingGroups,
} from './template-edits';
import { anyTemplateText } from './testing/template-arbitrary';
import { visualTemplate, visualValue, visualValueToJson } from './visual-template';

const templateOf = (text: string): Template => {
  const { template } = readTemplateDocument(text);
  if (!template.ok) expect.fail(JSON.stringify(template.failure));
  return template.value;
};
const apply = (text: string, edits: readonly JsonEdit[]): string => {
  const result = applyJsonEdits(text, edits);
  if (!result.ok) expect.fail(JSON.stringify(result.failure));
  return result.value;
};

describe('three views of one document', () => {
  it('brings any document through the escaped config and back, character for character', () => {
    fc.assert(
      fc.property(anyTemplateText, (text) => {
        const config = printRegistrationConfig({ kind: 'inline', templateBody: text, roleArn: 'role' });
        const pasted = readAnything(config);
        expect(pasted).toMatchObject({ ok: true, value: { templateBody: text, roleArn: 'role', notes: [] } });
        const escapedSlashes = readAnything(config.replaceAll('/', '\\/'));
        expect(escapedSlashes.ok && escapedSlashes.value.templateBody).toBe(text);
      }),
    );
  });

  it('keeps any document the same whatever its layout', () => {
    fc.assert(
      fc.property(anyTemplateText, (text) => {
        expect(isSameJson(text, compactJson(text))).toBe(true);
        expect(compactJson(layOutJson(text))).toBe(compactJson(text));
      }),
    );
  });

  it('draws any document, and setting what is drawn to itself changes nothing', () => {
    fc.assert(
      fc.property(anyTemplateText, (text) => {
        const document = readTemplateDocument(text);
        const template = templateOf(text);
        const visual = visualTemplate(template);
        const edits: JsonEdit[] = [];
        for (const { name, defaultValue } of visual.parameters) {
          edits.push(...setParameter(template, name, { defaultValue }));
        }
        for (const resource of visual.resources) {
          for (const { name, value } of resource.overrides) {
            const path = ['Resources', resource.logicalId, 'OverrideSettings', name];
            edits.push({ kind: 'set', path, value: visualValueToJson(value) });
          }
          if (resource.kind !== 'thing') continue;
          if (resource.name !== undefined) {
            const { logicalId, name } = resource;
            edits.push({
              kind: 'set',
              path: ['Resources', logicalId, 'Properties', 'ThingName'],
              value: visualValueToJson(name),
            });
          }
          for (const { name, value } of resource.attributes) {
            const path = ['Resources', resource.logicalId, 'Properties', 'AttributePayload', name];
            edits.push({ kind: 'set', path, value: visualValueToJson(value) });
          }
        }
        const after = readTemplateDocument(apply(text, edits));
        if (!document.tree.ok || !after.tree.ok) expect.fail('not JSON');
        expect(canonicalJson(after.tree.value)).toBe(canonicalJson(document.tree.value));
      }),
    );
  });

  it('shows every part of any document: drawn, or kept', () => {
    fc.assert(
      fc.property(anyTemplateText, (text) => {
        const template = templateOf(text);
        const visual = JSON.stringify(visualTemplate(template));
        for (const { properties = {}, rest } of template.resources) {
          for (const [name, value] of [...Object.entries(properties), ...Object.entries(rest)]) {
            const json = JSON.stringify(value);
            const isShown = [json, JSON.stringify(json), JSON.stringify(visualValue(value))].some((shown) =>
              visual.includes(shown),
            );
            const isList = name === 'ThingGroups' || name === 'AttributePayload';
            expect(isShown || isList, `${name}: ${json}`).toBe(true);
          }
        }
      }),
    );
  });

  it.each([
    ['admin', admin],
    ['predefined', predefined],
    ['scoped', scoped],
  ])('brings the published %s config through all views and back equal', (_, file) => {
    const pasted = readAnything(JSON.stringify(file));
    if (!pasted.ok || pasted.value.templateBody === undefined) expect.fail('not read');
    const { templateBody, roleArn } = pasted.value;
    const printed = printRegistrationConfig({
      kind: 'inline',
      templateBody: compactJson(layOutJson(templateBody)),
      roleArn,
    });
    const read: { templateBody: string; roleArn: string } = JSON.parse(printed);
    expect(read.roleArn).toBe(file.roleArn);
    expect(JSON.parse(read.templateBody)).toEqual(JSON.parse(file.templateBody));
  });
});

describe('edits', () => {
  it.each([
    ['admin', admin],
    ['predefined', predefined],
    ['scoped', scoped],
  ])('build the published %s config from an empty template', (_, file) => {
    const wanted = templateOf(file.templateBody);
    let text = '{"Parameters":{},"Resources":{}}';
    const edit = (make: (template: Template) => JsonEdit[]) => {
      text = apply(text, make(templateOf(text)));
    };
    edit((template) => setParameter(template, 'AWS::IoT::Certificate::CommonName'));
    edit((template) => setParameter(template, 'AWS::IoT::Certificate::Country'));
    edit((template) => addResource(template, 'thing').edits);
    edit((template) => addResource(template, 'certificate').edits);
    edit((template) => addResource(template, 'policy').edits);
    edit((template) => setAttribute(template, 'thing', 'version', { kind: 'text', text: 'v1' }));
    const country = { kind: 'parameter', name: 'AWS::IoT::Certificate::Country' } as const;
    edit((template) => setAttribute(template, 'thing', 'country', country));
    const { PolicyName: name, PolicyDocument: document } = wanted.resources[2]?.properties ?? {};
    if (typeof document === 'string') edit((template) => setPolicy(template, 'policy', { document }));
    if (typeof name === 'string') {
      edit((template) => setPolicy(template, 'policy', { name: { kind: 'text', text: name } }));
    }
    expect(isSameJson(text, file.templateBody)).toBe(true);
  });

  it('declares what it refers to, and takes back what it gave', () => {
    const text = layOutJson(scoped.templateBody);
    const template = templateOf(text);
    const organization = { kind: 'parameter', name: 'AWS::IoT::Certificate::Organization' } as const;
    const changed = apply(text, [
      ...setThingGroups(template, 'thing', [organization]),
      ...setOverride('thing', 'ThingGroups', 'MERGE'),
      ...setProperty(template, 'thing', 'ThingTypeName', { kind: 'text', text: 'pump' }),
    ]);
    expect(templateOf(changed).parameters.map(({ name }) => name)).toContain(organization.name);
    const back = apply(changed, [
      ...removeParameter(organization.name),
      ...setThingGroups(template, 'thing', []),
      { kind: 'remove', path: ['Resources', 'thing', 'OverrideSettings'] },
      ...setProperty(template, 'thing', 'ThingTypeName', undefined),
    ]);
    expect(back).toBe(text);
  });

  it('renames in place, edits a policy inside its string, and removes', () => {
    const text = apply(scoped.templateBody, [
      ...renameResource('thing', 'device'),
      ...renameAttribute('device', 'version', 'revision'),
      ...editPolicy('policy', [{ kind: 'set', path: ['Version'], value: '2008-10-17' }]),
      ...removeResource('certificate'),
    ]);
    const { resources } = templateOf(text);
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['device', 'policy']);
    expect(resources[0]?.properties?.['AttributePayload']).toHaveProperty('revision', 'v1');
    expect(policyTexts(readTemplateDocument(text))[0]?.text).toContain('"Version": "2008-10-17"');
  });

  it('undoes and redoes, a run of typing as one step', () => {
    let history = record(startHistory('a'), 'ab', 'typing');
    history = record(history, 'abc', 'typing');
    history = record(history, 'x');
    expect(undo(history).present).toBe('abc');
    expect(undo(undo(history)).present).toBe('a');
    expect(redo(undo(history)).present).toBe('x');
    expect(undo(undo(undo(history))).present).toBe('a');
    expect(record(undo(history), 'y').future).toEqual([]);
  });

  it('counts as AWS counts: white space in templates, none in policies', () => {
    const sizes = documentSizes(readTemplateDocument(layOutJson(scoped.templateBody)));
    expect(sizes.template.characters).toBeGreaterThan(sizes.compact.characters);
    expect(sizes.compact).toEqual({
      characters: JSON.stringify(JSON.parse(scoped.templateBody)).length + 5,
      max: 10_240,
    });
    expect(sizes.policies).toEqual([{ logicalId: 'policy', characters: expect.any(Number), max: 2048 }]);
  });
});
