'use client';

import { useDeferredValue, useMemo } from 'react';
import type { Place } from '@/lib/policy/lint/iot-arn';
import { namesOf } from './dry-run';
import { type Outcome, outcomeOf, readTemplateText } from './outcome';
import { dryRunRegistry, dryRunRegistryUrl, EMPTY_REGISTRY } from './registry-answer';
import type { TestedCertificate } from './tested-certificate';
import { useLookedUp } from './use-looked-up';

type OutcomesInput = {
  certificate: TestedCertificate | undefined;
  place: Place;
  templates: readonly string[];
  registryUrl: string;
};

export type Outcomes = {
  /** One per template, in order; undefined without a certificate. */
  outcomes: readonly (Outcome | 'unreadable' | undefined)[];
  lookUp: 'pending' | 'partial' | 'done';
};

/** Evaluates at every keystroke, and asks the registry about the names once they stand still. */
export function useOutcomes({ certificate, place, templates, registryUrl }: OutcomesInput): Outcomes {
  const { accountId, region } = place;
  const settled = useDeferredValue(templates.join('\0'));
  const parsed = useMemo(() => settled.split('\0').map(readTemplateText), [settled]);
  const url = useMemo(() => {
    if (certificate === undefined) return '';
    const names = parsed.flatMap((template) =>
      template === undefined ? [] : [namesOf(template, certificate.facts)],
    );
    return dryRunRegistryUrl(registryUrl, names);
  }, [parsed, certificate, registryUrl]);
  const looked = useLookedUp(url, dryRunRegistry);
  // What was found stays true while other names are looked up: those that are missing count as unknown.
  const registry = looked?.answer ?? EMPTY_REGISTRY;
  const outcomes = useMemo(
    () =>
      parsed.map((template) => {
        if (template === undefined) return 'unreadable';
        return certificate && outcomeOf(template, certificate, registry, { accountId, region });
      }),
    [parsed, certificate, registry, accountId, region],
  );
  const isCurrent = url === '' || looked?.url === url;
  const isPartial = url !== '' && (looked?.answer === undefined || looked.answer.isPartial);
  return { outcomes, lookUp: !isCurrent ? 'pending' : isPartial ? 'partial' : 'done' };
}
