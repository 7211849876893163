/**
 * Which of the names in a template exist, as far as a few calls can tell.
 * @module
 */
import 'server-only';
import { knownValue } from '@/lib/diagnosis/known';
import type { Failure } from '@/lib/failure';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { namesToLookUp } from '@/lib/provisioning/evaluate';
import { type Presence, type RegistryFacts, UNKNOWN_REGISTRY } from '@/lib/provisioning/registry-facts';
import type { Template } from '@/lib/provisioning/template';
import { ok, type Result } from '@/lib/result';
import type { Inquiry } from './inquiry';

type LookUp = { kind: keyof Omit<RegistryFacts, 'thing'>; name: string };

/** What AWS would not make by itself comes first: policies, then types and groups. Things it makes or finds. */
export async function askNames(
  inquiry: Inquiry,
  template: Template,
  certificate: CertificateFacts,
  callsMax: number,
): Promise<RegistryFacts> {
  const names = namesToLookUp(template, certificate);
  const made = madeByTemplate(template);
  const lookUps: LookUp[] = [
    // A policy that the template brings along need not be there.
    ...(made ? [] : names.policies.map((name) => ({ kind: 'policy' as const, name }))),
    ...names.thingTypes.map((name) => ({ kind: 'thingType' as const, name })),
    ...names.thingGroups.map((name) => ({ kind: 'thingGroup' as const, name })),
    ...names.billingGroups.map((name) => ({ kind: 'billingGroup' as const, name })),
  ];
  const found = new Map<string, Presence>();
  await Promise.all(
    lookUps.slice(0, callsMax).map(async ({ kind, name }) => {
      const answer = await inquiry.ask('dry-run', () => isThere(inquiry, { kind, name }));
      const value = knownValue(answer);
      if (value !== undefined) found.set(`${kind} ${name}`, value === true ? 'present' : 'absent');
    }),
  );
  const presence = (kind: LookUp['kind']) => (name: string) => found.get(`${kind} ${name}`) ?? 'unknown';
  return {
    ...UNKNOWN_REGISTRY,
    policy: presence('policy'),
    thingType: presence('thingType'),
    thingGroup: presence('thingGroup'),
    billingGroup: presence('billingGroup'),
  };
}

/** Whether every policy of the template comes with its document. */
const madeByTemplate = ({ resources }: Template): boolean =>
  resources.every(
    ({ kind, properties = {} }) => kind !== 'policy' || Object.hasOwn(properties, 'PolicyDocument'),
  );

async function isThere({ iot }: Inquiry, { kind, name }: LookUp): Promise<Result<boolean, Failure>> {
  switch (kind) {
    case 'policy': {
      const policy = await iot.getPolicy(name);
      return policy.ok ? ok(true) : policy;
    }
    case 'thingType':
      return iot.hasThingType(name);
    case 'thingGroup':
      return iot.hasThingGroup(name);
    case 'billingGroup':
      return iot.hasBillingGroup(name);
  }
}
