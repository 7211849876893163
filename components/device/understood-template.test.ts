import { expect, test } from 'vitest';
import type { Failure } from '@/lib/failure';
import type { IssuingTemplate, NamedTemplateInForce } from '@/lib/registry/issuing-ca';
import { fail, ok } from '@/lib/result';
import { understandTemplate } from './understood-template';

const BODY = JSON.stringify({
  Resources: {
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
  },
  Parameters: { 'AWS::IoT::Certificate::Id': { Type: 'String' } },
});
const IN_FORCE: NamedTemplateInForce = { templateBody: BODY, isEnabled: true, type: 'JITP' };
const DENIED: Failure = {
  ...{
    kind: 'aws',
    service: 'IoT',
    operation: 'DescribeProvisioningTemplate',
    name: 'AccessDeniedException',
  },
  ...{ message: 'not authorized', status: 403, requestId: undefined },
};
const GONE: Failure = { kind: 'not-found', resource: 'provisioning-template', id: 'Fleet' };

const named = (change: Partial<NamedTemplateInForce>): IssuingTemplate => ({
  kind: 'named',
  templateName: 'Fleet',
  inForce: ok({ ...IN_FORCE, ...change }),
});
const failing = (failure: Failure): IssuingTemplate => ({
  kind: 'named',
  templateName: 'Fleet',
  inForce: fail(failure),
});

test.each<{ reason: string; issuing: IssuingTemplate; trouble: string | undefined; isEvaluated: boolean }>([
  { reason: 'there is none', issuing: { kind: 'none' }, trouble: undefined, isEvaluated: false },
  {
    reason: 'it stands on the CA',
    issuing: { kind: 'inline', templateBody: BODY, roleArn: '' },
    trouble: undefined,
    isEvaluated: true,
  },
  {
    reason: 'what stands on the CA is no template',
    issuing: { kind: 'inline', templateBody: '{', roleArn: '' },
    trouble: 'unreadable',
    isEvaluated: false,
  },
  { reason: 'AWS keeps it by name', issuing: named({}), trouble: undefined, isEvaluated: true },
  {
    reason: 'what AWS keeps is no template',
    issuing: named({ templateBody: '{' }),
    trouble: 'unreadable',
    isEvaluated: false,
  },
  {
    reason: 'a disabled one shows what it would do once enabled',
    issuing: named({ isEnabled: false }),
    trouble: 'disabled',
    isEvaluated: true,
  },
  {
    reason: 'one for fleet provisioning never provisions devices of a CA',
    issuing: named({ type: 'FLEET_PROVISIONING' }),
    trouble: 'not-jitp',
    isEvaluated: false,
  },
  { reason: 'AWS has no such template', issuing: failing(GONE), trouble: 'gone', isEvaluated: false },
  { reason: 'AWS does not tell', issuing: failing(DENIED), trouble: 'unread', isEvaluated: false },
])('$reason: $trouble', ({ issuing, trouble, isEvaluated }) => {
  const understood = understandTemplate(issuing);
  expect(understood.trouble?.kind).toBe(trouble);
  expect(understood.template !== undefined).toBe(isEvaluated);
});
