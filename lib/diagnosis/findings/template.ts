/**
 * Just-in-time provisioning that cannot come to its end: the template, what it names, what the certificate gives it.
 * AWS IoT Developer Guide, "Just-in-time provisioning" and "Provisioning templates".
 * @module
 */
import type { DeviceFacts, NamedTemplateFacts } from '@/lib/diagnosis/facts';
import type { Certainty, FindingCode, FindingParams, Reading } from '@/lib/diagnosis/finding';
import { isAbsent, knownValue, presentOf } from '@/lib/diagnosis/known';
import type { FailureCode, ProvisioningFailure } from '@/lib/provisioning/provisioning-failure';
import { NONE, onTheWay, reading, rules, stopsProvisioning } from './reading';

type Told = { code: FindingCode; params: FindingParams; certainty: Certainty };

const MISSING_KINDS: Partial<Record<FailureCode, string>> = {
  'policy-not-found': 'policy',
  'thing-type-not-found': 'thingType',
  'thing-group-not-found': 'thingGroup',
  'billing-group-not-found': 'billingGroup',
};

const INVALID_NAMES: readonly FailureCode[] = [
  'thing-name-invalid',
  'attribute-name-invalid',
  'attribute-value-invalid',
  'policy-name-invalid',
  'name-invalid',
];

/** The finding behind a failure of the dry run. */
function tell({ code, params, path, awsName, message, authority }: ProvisioningFailure): Told {
  const { value = '', name = value } = params;
  const kind = MISSING_KINDS[code];
  if (kind !== undefined) return { code: 'names-missing', params: { kind, name }, certainty: 'certain' };
  if (INVALID_NAMES.includes(code)) {
    return { code: 'name-invalid', params: { name, path }, certainty: 'certain' };
  }
  switch (code) {
    case 'unresolved-reference':
      return { code: 'template-value-missing', params: { name, path }, certainty: 'certain' };
    case 'declared-parameter-absent':
      // The guide says that it fails; nobody has been seen to report it.
      return { code: 'template-value-missing', params: { name, path }, certainty: 'likely' };
    case 'policy-name-and-document-missing':
      return { code: 'template-policy-missing', params: { path }, certainty: 'certain' };
    default:
      return {
        code: 'template-fails',
        params: { error: awsName, message, path },
        certainty: authority === 'inferred' ? 'likely' : 'certain',
      };
  }
}

function ofDryRun(facts: DeviceFacts, code: FindingCode): readonly Reading[] {
  const dryRun = knownValue(facts.dryRun);
  const atMost = onTheWay(facts);
  if (dryRun?.kind !== 'evaluated' || dryRun.evaluation.kind !== 'failure' || atMost === undefined) {
    return NONE;
  }
  return dryRun.evaluation.failures
    .map(tell)
    .filter((told) => told.code === code)
    .map(({ params, certainty }) => ({
      certainty: atMost === 'certain' ? certainty : atMost,
      basis: ['dryRun', 'ca', 'certificate', 'leaf'],
      params,
    }));
}

function ofUnreadable(facts: DeviceFacts, isDoubleEncoded: boolean): readonly Reading[] {
  const dryRun = knownValue(facts.dryRun);
  const certainty = onTheWay(facts);
  if (dryRun?.kind !== 'unreadable' || certainty === undefined) return NONE;
  if ((dryRun.reason === 'double-encoded') !== isDoubleEncoded) return NONE;
  return reading(certainty, ['dryRun', 'ca', 'certificate']);
}

function ofNamed(facts: DeviceFacts, isWrong: (template: NamedTemplateFacts) => boolean): readonly Reading[] {
  const template = presentOf(facts.namedTemplate);
  const certainty = onTheWay(facts);
  if (template === undefined || certainty === undefined || !isWrong(template)) return NONE;
  return reading(certainty, ['namedTemplate', 'ca', 'certificate'], { template: template.name });
}

export const TEMPLATE_RULES = rules(
  stopsProvisioning('template-missing', {
    mistake: 21,
    remedy: ['attach-template', 'reconnect'],
    read(facts) {
      const config = presentOf(facts.ca)?.config;
      const certainty = onTheWay(facts);
      if (config?.kind !== 'named' || !isAbsent(facts.namedTemplate) || certainty === undefined) return NONE;
      return reading(certainty, ['namedTemplate', 'ca', 'certificate'], { template: config.templateName });
    },
  }),
  stopsProvisioning('template-disabled', {
    mistake: 21,
    remedy: ['enable-template', 'attach-template', 'reconnect'],
    read: (facts) => ofNamed(facts, ({ isEnabled }) => !isEnabled),
  }),
  stopsProvisioning('template-of-other-type', {
    mistake: 18,
    remedy: ['use-jitp-template', 'attach-template', 'reconnect'],
    // A template's type can never change.
    read: (facts) => ofNamed(facts, ({ type }) => type !== 'JITP'),
  }),
  stopsProvisioning('template-double-encoded', {
    mistake: 13,
    remedy: ['encode-once', 'attach-template', 'reconnect'],
    read: (facts) => ofUnreadable(facts, true),
  }),
  stopsProvisioning('template-unreadable', {
    mistake: 13,
    remedy: ['mend-template', 'reconnect'],
    read: (facts) => ofUnreadable(facts, false),
  }),
  stopsProvisioning('template-policy-missing', {
    mistake: 12,
    remedy: ['mend-template', 'reconnect'],
    read: (facts) => ofDryRun(facts, 'template-policy-missing'),
  }),
  stopsProvisioning('template-value-missing', {
    mistake: 2,
    remedy: ['add-value-or-default', 'reconnect'],
    read: (facts) => ofDryRun(facts, 'template-value-missing'),
  }),
  stopsProvisioning('name-invalid', {
    mistake: 28,
    who: 'engineer',
    remedy: ['use-valid-name'],
    read: (facts) => ofDryRun(facts, 'name-invalid'),
  }),
  stopsProvisioning('names-missing', {
    mistake: 20,
    remedy: ['create-named-resource', 'reconnect'],
    read: (facts) => ofDryRun(facts, 'names-missing'),
  }),
  stopsProvisioning('template-fails', {
    remedy: ['mend-template', 'reconnect'],
    read: (facts) => ofDryRun(facts, 'template-fails'),
  }),
);
