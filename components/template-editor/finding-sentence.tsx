'use client';

import { useLintSentence } from '@/components/policy-editor/use-lint-sentence';
import type { TemplateLint } from '@/lib/provisioning/lint/template-finding';

/** What a finding says, in one sentence. */
export function FindingSentence({ finding }: { finding: TemplateLint }) {
  return useLintSentence()(finding).cause;
}
