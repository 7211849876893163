'use client';

import { useEffect, useRef, useState } from 'react';
import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import type { Evaluation } from '@/lib/provisioning/plan';
import type { Template } from '@/lib/provisioning/template';
import { dryRun, namesOf } from './dry-run';
import { type RegistryAnswer, registryAnswer, registryAnswerUrl } from './registry-answer';

/** Typing pauses longer than this when a word is finished; our choice. */
const DEBOUNCE_MS = 450;
/** The console itself waits at most ten seconds for its turn at AWS. */
const TIMEOUT_MS = 15_000;

export type DryRun = {
  /** Undefined where there is no template to evaluate. */
  evaluation: Evaluation | undefined;
  namesakes: RegistryAnswer['namesakes'];
  /** `partial`: some names could not be looked up. */
  lookUp: 'pending' | 'done' | 'partial';
};

type Looked = { url: string; answer: RegistryAnswer | undefined };

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
  const looked = useLookedUp(url);

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

const isUnanswered = (looked: Looked | undefined, isNothing: boolean): boolean =>
  !isNothing && looked?.answer === undefined;

function useLookedUp(url: string): Looked | undefined {
  const [looked, setLooked] = useState<Looked | undefined>(undefined);
  const cache = useRef(new Map<string, RegistryAnswer>());
  useEffect(() => {
    if (url === '') return;
    const kept = cache.current.get(url);
    if (kept !== undefined) {
      setLooked({ url, answer: kept });
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask(url, abort.signal);
      if (abort.signal.aborted) return;
      if (answer !== undefined && !answer.isPartial) cache.current.set(url, answer);
      setLooked({ url, answer });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [url]);
  return looked;
}

/** @returns undefined when there was no answer; the dry run goes on without it and says so */
async function ask(url: string, signal: AbortSignal): Promise<RegistryAnswer | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    // A lost session is answered with the sign-in page.
    if (!response.ok || response.redirected) return undefined;
    const parsed = registryAnswer.safeParse(await response.json());
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
