import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutJson } from '@/lib/policy/json-layout';
import { anyTemplateText } from '@/lib/provisioning/document/testing/template-arbitrary';
import { diffTemplates } from './diff-templates';
import type { TemplateDiff } from './template-change';

const NAME = { Ref: 'AWS::IoT::Certificate::CommonName' };
const CONNECT = { Effect: 'Allow', Action: ['iot:Connect'], Resource: ['arn:client/a'] };
const PUBLISH = { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:topic/a' };

type Parts = {
  thing?: object;
  thingId?: string;
  certificate?: object;
  policy?: object | null;
  parameters?: object;
  more?: object;
};

const template = ({ thing, thingId = 'thing', certificate, policy, parameters, more }: Parts = {}): string =>
  JSON.stringify({
    Parameters: { 'AWS::IoT::Certificate::CommonName': { Type: 'String' }, ...parameters },
    Resources: {
      [thingId]: { Type: 'AWS::IoT::Thing', Properties: { ThingName: NAME, ...thing } },
      certificate: { Type: 'AWS::IoT::Certificate', Properties: { Status: 'ACTIVE', ...certificate } },
      ...(policy === null
        ? {}
        : { policy: { Type: 'AWS::IoT::Policy', Properties: policy ?? documentOf(CONNECT, PUBLISH) } }),
    },
    ...more,
  });

const documentOf = (...statements: object[]) => ({
  PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
});

function diff(before: string, after: string): TemplateDiff {
  const result = diffTemplates(before, after);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const text = (value: string) => ({ kind: 'text', text: value });

describe('what a device would get differently', () => {
  it.each<{ why: string; before?: Parts; after: Parts; changes: object[] }>([
    {
      why: 'a thing that gets a type',
      after: { thing: { ThingTypeName: 'pump' } },
      changes: [{ what: 'thing-type', before: undefined, after: text('pump') }],
    },
    {
      why: 'another name of the thing',
      after: { thing: { ThingName: { Ref: 'AWS::IoT::Certificate::Id' } } },
      changes: [{ what: 'thing-name', after: { kind: 'parameter', name: 'AWS::IoT::Certificate::Id' } }],
    },
    {
      why: 'attributes one by one',
      before: { thing: { AttributePayload: { site: 'Pune', line: '1', old: 'x' } } },
      after: { thing: { AttributePayload: { line: '2', site: 'Pune', new: 'y' } } },
      changes: [
        { what: 'attribute', name: 'line', before: text('1'), after: text('2') },
        { what: 'attribute', name: 'old', before: text('x'), after: undefined },
        { what: 'attribute', name: 'new', before: undefined, after: text('y') },
      ],
    },
    {
      why: 'groups as a set: their order gives a device nothing else',
      before: { thing: { ThingGroups: ['a', 'b', 'c'] } },
      after: { thing: { ThingGroups: ['c', 'a', 'd'] } },
      changes: [
        { what: 'thing-group', before: text('b'), after: undefined },
        { what: 'thing-group', before: undefined, after: text('d') },
      ],
    },
    {
      why: 'the status of the certificate',
      after: { certificate: { Status: 'INACTIVE' } },
      changes: [{ what: 'certificate-status', before: text('ACTIVE'), after: text('INACTIVE') }],
    },
    {
      why: 'a parameter with a default',
      after: { parameters: { 'AWS::IoT::Certificate::CommonName': { Type: 'String', Default: 'none' } } },
      changes: [{ what: 'parameter-default', before: undefined, after: text('none') }],
    },
    {
      why: 'a parameter that devices have to carry from now on',
      after: { parameters: { 'AWS::IoT::Certificate::Country': { Type: 'String' } } },
      changes: [{ what: 'parameter', name: 'AWS::IoT::Certificate::Country', before: undefined }],
    },
    {
      why: 'a policy by name in place of one by document',
      after: { policy: { PolicyName: 'Fleet' } },
      changes: [
        { what: 'policy-name', before: undefined, after: text('Fleet') },
        { what: 'policy-document', after: undefined },
      ],
    },
    {
      why: 'a policy that is gone as a whole',
      after: { policy: null },
      changes: [{ what: 'policy', name: 'policy', after: undefined }],
    },
    {
      why: 'a section that only fleet provisioning has',
      after: { more: { Mappings: { a: 1 } } },
      changes: [{ what: 'other', name: '$.Mappings', before: undefined }],
    },
    {
      why: 'a statement that comes',
      after: { policy: documentOf(CONNECT, PUBLISH, { ...CONNECT, Action: 'iot:Receive' }) },
      changes: [{ what: 'statement', name: '#3', before: undefined }],
    },
    {
      why: 'a statement that goes: those behind it are the same ones',
      after: { policy: documentOf(PUBLISH) },
      changes: [{ what: 'statement', name: '#1', after: undefined }],
    },
    {
      why: 'a statement with another resource, as one change',
      after: { policy: documentOf({ ...CONNECT, Resource: ['arn:client/*'] }, PUBLISH) },
      changes: [
        {
          what: 'statement',
          before: { kind: 'other', json: JSON.stringify(CONNECT) },
          after: { kind: 'other', json: JSON.stringify({ ...CONNECT, Resource: ['arn:client/*'] }) },
        },
      ],
    },
    {
      why: 'an allowance turned into a denial is no change of the same statement',
      after: { policy: documentOf({ ...CONNECT, Effect: 'Deny' }, PUBLISH) },
      changes: [
        { what: 'statement', after: undefined },
        { what: 'statement', before: undefined },
      ],
    },
    {
      why: 'a policy version that knows no variables',
      after: {
        policy: { PolicyDocument: JSON.stringify({ Version: '2008-10-17', Statement: [CONNECT, PUBLISH] }) },
      },
      changes: [{ what: 'policy-document' }],
    },
    {
      why: 'a document that is no JSON',
      after: { policy: { PolicyDocument: 'x' } },
      changes: [{ what: 'policy-document', after: text('x') }],
    },
  ])('is told: $why', ({ before = {}, after, changes }) => {
    expect(diff(template(before), template(after)).changes).toMatchObject(changes);
  });

  it('is nothing where only the text of a policy differs, but AWS will give that policy another name', () => {
    const reordered = documentOf({ ...PUBLISH, Action: ['iot:Publish'] }, CONNECT);
    expect(diff(template(), template({ policy: reordered }))).toMatchObject({
      changes: [],
      notes: [{ code: 'policy-renamed-by-text', name: 'policy' }],
    });
    expect(
      diff(
        template({ policy: { PolicyName: 'Own', ...documentOf(CONNECT, PUBLISH) } }),
        template({ policy: { PolicyName: 'Own', ...reordered } }),
      ),
    ).toMatchObject({ changes: [], notes: [] });
  });

  it('is nothing where a resource has another name in the text', () => {
    expect(diff(template(), template({ thingId: 'device' }))).toMatchObject({
      changes: [],
      notes: [{ code: 'resource-renamed', name: 'thing', to: 'device' }],
    });
  });

  it.each([
    { before: '{', after: template(), side: 'before' },
    { before: template(), after: '[]', side: 'after' },
    { before: '', after: '', side: 'before' },
  ])('cannot be told where the text $side is no template', ({ before, after, side }) => {
    expect(diffTemplates(before, after)).toMatchObject({ ok: false, failure: { side } });
  });
});

describe('for all templates', () => {
  it('a text does not differ from itself, nor from the same with other white space', () => {
    fc.assert(
      fc.property(anyTemplateText, (body) => {
        const laidOut = layOutJson(body);
        fc.pre(laidOut.length <= 10_240);
        expect(diff(body, body)).toEqual({ isSameText: true, changes: [], notes: [] });
        expect(diff(body, laidOut)).toMatchObject({ changes: [], notes: [] });
      }),
    );
  });

  it('there and back are the same changes, the other way round', () => {
    const turned = (changes: TemplateDiff['changes']) =>
      changes
        .map(({ before, after, ...part }) => JSON.stringify({ ...part, before: after, after: before }))
        .sort();
    const plain = (changes: TemplateDiff['changes']) =>
      changes.map(({ before, after, ...part }) => JSON.stringify({ ...part, before, after })).sort();
    fc.assert(
      fc.property(anyTemplateText, anyTemplateText, (one, other) => {
        const there = diff(one, other).changes.filter(({ what }) => what !== 'statement');
        const back = diff(other, one).changes.filter(({ what }) => what !== 'statement');
        // A part of a resource is named after the later text's name for it.
        const nameless = (changes: TemplateDiff['changes']) =>
          changes.map((change) => ({ ...change, name: '' }));
        expect(turned(nameless(there))).toEqual(plain(nameless(back)));
      }),
    );
  });
});
