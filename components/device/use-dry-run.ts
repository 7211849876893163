'use client';

import { dryRun, namesOf } from '@/components/dry-run/dry-run';
import { type LookedUp, useLookedUp } from '@/components/dry-run/use-looked-up';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import type { Evaluation } from '@/lib/provisioning/plan';
import type { Template } from '@/lib/provisioning/template';
import { type RegistryAnswer, registryAnswer, registryAnswerUrl } from './registry-answer';

export type DryRun = {
  /** Undefined where there is no template to evaluate. */
  evaluation: Evaluation | undefined;
  namesakes: RegistryAnswer['namesakes'];
  /** `partial`: some names could not be looked up. */
  lookUp: 'pending' | 'done' | 'partial';
};

/** Evaluates at every keystroke, and asks the registry about the names once they stand still. */
export function useDryRun(
  template: Template | undefined,
  certificate: CertificateFacts,
  registryUrl: string,
): DryRun {
  const names = template === undefined ? { things: [], policies: [] } : namesOf(template, certificate);
  const commonName = certificate.subject.commonName ?? '';
  const isNothing = names.things.length + names.policies.length === 0 && commonName === '';
  const url = isNothing ? '' : registryAnswerUrl(registryUrl, { ...names, commonName });
  const looked = useLookedUp(url, registryAnswer);

  // What was found stays true while other names are looked up: names that are missing in it count as unknown.
  const known = looked?.answer ?? { things: {}, policies: {}, namesakes: [], isPartial: false };
  const isCurrent = isNothing || looked?.url === url;
  return {
    evaluation: template === undefined ? undefined : dryRun(template, certificate, known),
    namesakes: isCurrent && !isNothing ? known.namesakes : [],
    lookUp: !isCurrent
      ? 'pending'
      : looked?.answer?.isPartial || isUnanswered(looked, isNothing)
        ? 'partial'
        : 'done',
  };
}

const isUnanswered = (looked: LookedUp<RegistryAnswer> | undefined, isNothing: boolean): boolean =>
  !isNothing && looked?.answer === undefined;
