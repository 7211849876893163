/**
 * A template evaluated for a certificate that is not made yet.
 * @module
 */
import type { Subject } from '@/lib/pki/subject';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { evaluate, namesToLookUp } from '@/lib/provisioning/evaluate';
import type { Evaluation } from '@/lib/provisioning/plan';
import { type RegistrySnapshot, registryFacts } from '@/lib/provisioning/registry-facts';
import type { Template } from '@/lib/provisioning/template';

/** Both are known only when the certificate is made. No serial number and no id of ours ever has as many zeros. */
const SERIAL_TO_COME = '0'.repeat(39);
const ID_TO_COME = '0'.repeat(64);

/** What a template can know of a certificate before it exists. */
export function certificateToBe(subject: Subject): CertificateFacts {
  return { certificateId: ID_TO_COME, serialNumberDecimal: SERIAL_TO_COME, subject };
}

/** The names worth asking AWS about: one that will carry a random number is surely free. */
export function namesOf(template: Template, certificate: CertificateFacts): ReturnType<typeof namesToLookUp> {
  const names = namesToLookUp(template, certificate);
  const whole = (all: string[]) => all.filter((name) => !name.includes(SERIAL_TO_COME));
  return {
    things: whole(names.things),
    policies: whole(names.policies),
    thingTypes: whole(names.thingTypes),
    thingGroups: whole(names.thingGroups),
    billingGroups: whole(names.billingGroups),
  };
}

/** A name as it can be shown: what is not known yet by its words. */
export function nameToShow(name: string, words: { id: string; serial: string }): string {
  return name.replaceAll(ID_TO_COME, `⟨${words.id}⟩`).replaceAll(SERIAL_TO_COME, `⟨${words.serial}⟩`);
}

export const EMPTY_SNAPSHOT: RegistrySnapshot = {
  things: {},
  policies: {},
  thingTypes: {},
  thingGroups: {},
  billingGroups: {},
};

export function dryRun(
  template: Template,
  certificate: CertificateFacts,
  known: Partial<RegistrySnapshot>,
): Evaluation {
  return evaluate({ template, certificate, registry: registryFacts({ ...EMPTY_SNAPSHOT, ...known }) });
}

/**
 * What the device calls itself: the thing's name, which AWS's policies for things want as client id and first level of
 * every topic; without a thing its common name, without that its certificate's short id.
 */
export function clientNameOf(evaluation: Evaluation | undefined, certificate: CertificateFacts): string {
  const thing = evaluation?.kind === 'plan' ? evaluation.plan.thing?.name : undefined;
  return thing ?? (certificate.subject.commonName || `device-${certificate.certificateId.slice(0, 8)}`);
}
