'use client';

import { useMemo, useState } from 'react';
import { lintTemplate } from '@/lib/provisioning/lint/lint-template';
import { policyLinter } from '@/lib/provisioning/lint/policy-linter';
import { registryFacts } from '@/lib/provisioning/registry-facts';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import type { EditorCertificates, EditorPlace } from './editor-port';
import type { PlacedFinding } from './finding-key';
import type { PresenceAnswer } from './name-lookups';
import type { ReadText } from './read-text';
import { useKeptSame } from './use-kept-same';
import { writtenPath } from './written-path';

/** Where the drawing has the role, which is no part of the template. */
export const ROLE_PLACE = '$.roleArn';

type Known = {
  place: EditorPlace;
  certificates: EditorCertificates | undefined;
  presence: PresenceAnswer;
  roleFacts: ProvisioningRoleFacts | undefined;
};

export type Findings = {
  all: readonly PlacedFinding[];
  /** The same without their places in the text, which every key moves: the drawing shows none. */
  drawn: readonly PlacedFinding[];
  /** Of these the ones that have a place in the drawing; what is said of the whole, its size for one, changes at every key. */
  marked: readonly PlacedFinding[];
};

/** What is to be said of the document, with everything that is known around it. */
export function useFindings(
  { shown, text: { roleArn } }: ReadText,
  { place: { accountId, region }, certificates, presence, roleFacts }: Known,
): Findings {
  // Policies that are not being typed need no second look.
  const [lintPolicy] = useState(policyLinter);
  const context = useMemo(
    () => ({
      place: { accountId, region },
      ...certificates,
      registry: registryFacts({ things: {}, ...presence }),
      roleFacts,
      lintPolicy,
    }),
    [accountId, region, certificates, presence, roleFacts, lintPolicy],
  );
  const fresh = useMemo(
    () =>
      lintTemplate(shown, { ...context, roleArn: roleArn === '' ? undefined : roleArn }).map((finding) => ({
        ...finding,
        written: finding.id.startsWith('role-') ? ROLE_PLACE : writtenPath(finding.path),
      })),
    [shown, context, roleArn],
  );
  const all = useKeptSame(fresh);
  const drawn = useKeptSame(useMemo(() => all.map((finding) => ({ ...finding, range: undefined })), [all]));
  const marked = useKeptSame(useMemo(() => drawn.filter(({ written }) => written !== '$'), [drawn]));
  return useMemo(() => ({ all, drawn, marked }), [all, drawn, marked]);
}
