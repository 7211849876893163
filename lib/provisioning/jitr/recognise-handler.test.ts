import { describe, expect, it } from 'vitest';
import { handlerSource } from './handler-source';
import { recogniseHandler } from './recognise-handler';
import { defaultJitrSettings } from './settings';
import { PUBLISHED_HANDLER } from './testing/published-handler';

const python = (text: string) =>
  recogniseHandler([{ name: 'lambda_function.py', text }], 'lambda_function.lambda_handler');
const node = (text: string) => recogniseHandler([{ name: 'index.mjs', text }], 'index.handler');

describe('the published Python handler', () => {
  it('is recognised with both of its faults', () => {
    expect(python(PUBLISHED_HANDLER)).toEqual({
      language: 'python',
      file: 'lambda_function.py',
      deeds: ['activates', 'makes-policy-per-certificate', 'attaches-policy-by-old-call'],
      faults: ['open-policy', 'fails-when-repeated'],
    });
  });

  it.each([
    ['"-policy" joined to the id', `policy_name = certificate_id + '-policy'`],
    ['an f-string', `policy_name = f"{certificateId}-policy"`],
    ['format()', `policy_name = '{}-policy'.format(certificate_id)`],
    ['the percent sign', `policy_name = '%s-policy' % certificate_id`],
  ])('is recognised with its name written by %s', (_how, line) => {
    const text = `client.update_certificate(newStatus='ACTIVE')\n${line}\nclient.create_policy(policyName=policy_name)`;
    expect(python(text)?.deeds).toContain('makes-policy-per-certificate');
  });
});

describe('an open policy', () => {
  it.each([
    ['a dictionary', `{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}`],
    ['lists', `{"Effect": "Allow", "Action": ["iot:*"], "Resource": ["*"]}`],
    ['escaped JSON', `"{\\"Action\\": \\"iot:*\\", \\"Resource\\": \\"*\\"}"`],
    ['an object of JavaScript', `{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }`],
  ])('is seen in %s', (_form, text) => {
    expect(node(text)?.faults).toContain('open-policy');
  });

  it.each([
    ['one action', `{ Action: 'iot:Connect', Resource: '*' }`],
    ['one resource', `{ Action: 'iot:*', Resource: 'arn:aws:iot:us-east-1:123456789012:client/a' }`],
    ['a comment', `// { Action: '*', Resource: '*' }`],
  ])('is not seen in %s', (_form, text) => {
    expect(node(text)?.faults).not.toContain('open-policy');
  });
});

describe('a repeated event', () => {
  it.each([
    [
      'catches',
      `try:\n  client.create_policy()\nexcept client.exceptions.ResourceAlreadyExistsException:\n  pass`,
    ],
    ['looks first', `client.get_policy(policyName='x')\nclient.create_policy()`],
    ['makes none', `client.attach_policy()`],
    [
      'catches whatever comes of making',
      `def f():\n  try:\n\n    client.create_policy()\n  except Exception:\n    pass\n  client.attach_policy()`,
    ],
  ])('is no fault of a handler that %s', (_what, text) => {
    expect(python(text)?.faults).not.toContain('fails-when-repeated');
  });
});

describe('a repetition that ends a handler half-way', () => {
  it.each([
    [
      'another call is caught',
      `try:\n  client.describe_certificate()\nexcept Exception:\n  pass\nclient.create_policy()`,
    ],
    [
      'everything is caught at once, the attachment too',
      `try:\n  client.create_policy()\n  client.attach_policy()\nexcept Exception:\n  pass`,
    ],
    ['nothing is caught', `try:\n  client.create_policy()\nfinally:\n  print(1)`],
  ])('is a fault in Python where %s', (_where, text) => {
    expect(python(text)?.faults).toContain('fails-when-repeated');
  });

  it.each([
    [
      'another call is caught',
      `try { await iot.send(new DescribeCertificateCommand({})); } catch {}\nawait iot.send(new CreatePolicyCommand({}));`,
    ],
    [
      'a block is caught, the attachment with it',
      `try { if (a) { iot.createPolicy({}); } iot.attachPolicy({}); } catch (e) { log(e); }`,
    ],
  ])('is a fault in JavaScript where %s', (_where, text) => {
    expect(node(text)?.faults).toContain('fails-when-repeated');
  });

  it.each([
    ['in a block', `try { if (a) { await iot.send(new CreatePolicyCommand({})); } }\ncatch {}`],
    [
      'sent later',
      `const make = new CreatePolicyCommand({});\ntry { await iot.send(make); } catch {}\nawait iot.attachPolicy({});`,
    ],
    ['of a promise', `await iot.send(new CreatePolicyCommand({ a })).catch(() => undefined);`],
  ])('is none where making the policy is caught, %s', (_how, text) => {
    expect(node(text)?.faults).not.toContain('fails-when-repeated');
  });
});

it('finds no fault with the console’s own', () => {
  const settings = defaultJitrSettings('ab'.repeat(32), { kind: 'create', name: 'devices', document: '{}' });
  const text = handlerSource(settings, { caId: undefined, allowedIds: undefined });
  expect(recogniseHandler([{ name: 'index.js', text }], 'index.handler')).toEqual({
    language: 'javascript',
    file: 'index.js',
    deeds: ['activates', 'makes-policy', 'attaches-policy', 'makes-thing'],
    faults: [],
  });
});

it.each([
  ['the handler’s file is not there', [{ name: 'other.py', text: '' }], 'lambda_function.lambda_handler'],
  ['it is in a language it does not read', [{ name: 'index.rb', text: '' }], 'index.handler'],
  ['the handler has no file', [{ name: 'index.js', text: '' }], 'handler'],
])('says nothing where %s', (_why, files, handler) => {
  expect(recogniseHandler(files, handler)).toBeUndefined();
});
