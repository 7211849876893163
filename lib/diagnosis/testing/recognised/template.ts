/**
 * The template, what it names, and what the certificate gives it.
 * @module
 */
import type { DeviceFacts } from '@/lib/diagnosis/facts';
import { ABSENT } from '@/lib/diagnosis/known';
import { aCa, aFailingDryRun, PENDING, type Recognised, see } from '@/lib/diagnosis/testing/example-facts';

const named = (type: 'JITP' | 'FLEET_PROVISIONING', isEnabled: boolean): Partial<DeviceFacts> => ({
  ca: aCa({ config: { kind: 'named', templateName: 'Fleet' } }),
  namedTemplate: see({ name: 'Fleet', type, isEnabled }, 'DescribeProvisioningTemplate'),
});

export const TEMPLATE_RECOGNISED: readonly Recognised[] = [
  {
    mistake: 2,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('unresolved-reference', { name: 'AWS::IoT::Certificate::Country' }) },
    code: 'template-value-missing',
    certainty: 'certain',
    reason: 'a Ref has neither value nor Default',
  },
  {
    mistake: 2,
    device: PENDING,
    facts: {
      dryRun: aFailingDryRun('declared-parameter-absent', { name: 'AWS::IoT::Certificate::Country' }),
    },
    code: 'template-value-missing',
    certainty: 'likely',
    reason: 'the guide says so, nobody has measured it',
  },
  {
    mistake: 12,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('policy-name-and-document-missing') },
    code: 'template-policy-missing',
    certainty: 'certain',
    reason: 'a shell expanded an empty variable',
  },
  {
    mistake: 13,
    device: PENDING,
    facts: { dryRun: see({ kind: 'unreadable', reason: 'double-encoded' }, 'dry-run') },
    code: 'template-double-encoded',
    certainty: 'certain',
    reason: 'one JSON.stringify too many',
  },
  {
    mistake: 13,
    device: PENDING,
    facts: { dryRun: see({ kind: 'unreadable', reason: 'not-json' }, 'dry-run') },
    code: 'template-unreadable',
    certainty: 'certain',
    reason: 'no JSON at all',
  },
  {
    mistake: 18,
    device: PENDING,
    facts: named('FLEET_PROVISIONING', true),
    code: 'template-of-other-type',
    certainty: 'certain',
    reason: 'JITP needs a template of type JITP',
  },
  {
    mistake: 20,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('policy-not-found', { name: 'Fleet' }) },
    code: 'names-missing',
    certainty: 'certain',
    reason: 'a policy that the template only names',
  },
  {
    mistake: 20,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('thing-type-not-found', { name: 'Sensor' }) },
    code: 'names-missing',
    certainty: 'certain',
    reason: 'a thing type',
  },
  {
    mistake: 21,
    device: PENDING,
    facts: named('JITP', false),
    code: 'template-disabled',
    certainty: 'certain',
    reason: 'enabled is false',
  },
  {
    mistake: 21,
    device: PENDING,
    facts: { ca: aCa({ config: { kind: 'named', templateName: 'Fleet' } }), namedTemplate: see(ABSENT) },
    code: 'template-missing',
    certainty: 'certain',
    reason: 'the CA names a template that is gone',
  },
  {
    mistake: 28,
    device: PENDING,
    facts: { dryRun: aFailingDryRun('thing-name-invalid', { value: 'a b' }) },
    code: 'name-invalid',
    certainty: 'certain',
    reason: 'a thing name has no spaces',
  },
  {
    device: PENDING,
    facts: { dryRun: aFailingDryRun('thing-exists') },
    code: 'template-fails',
    certainty: 'certain',
    reason: 'any other failure of the dry run',
  },
];
