'use client';

import { useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { mayLeave, stopGuarding } from '@/components/ui/leave-guard';
import { orNoAnswer } from '@/components/ui/no-answer';
import { useTellFailure } from '@/components/ui/use-tell-failure';
import { pkiClient } from '@/lib/browser/pki-client';
import { clearDrafts } from '@/lib/browser/tab-drafts';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

/** Ends the session. */
export type SignOut = (input: undefined) => Promise<Result<null, Failure>>;

/** The way out: keys first, then the session, then what the tab has kept. Whoever is still signed in is told so. */
export function useSignOut(signOut: SignOut): () => void {
  const t = useTranslations('shell.operator');
  const tell = useTellFailure();
  const [isPending, startTransition] = useTransition();

  async function leave() {
    // Whatever becomes of the session, who wants to go leaves no unlocked key behind.
    pkiClient().terminate();
    const failure = await failureOf(signOut);
    if (failure === undefined) {
      clearDrafts(window.sessionStorage);
      stopGuarding();
      // A new document, not a soft navigation: everything else that the tab holds ends with the session.
      window.location.assign('/sign-in');
      return;
    }
    tell(failure, t('stillSignedIn'));
  }

  return () => {
    if (!isPending && mayLeave()) startTransition(leave);
  };
}

/** Undefined when there is no session any more. */
async function failureOf(signOut: SignOut): Promise<Failure | undefined> {
  const ended = await orNoAnswer(signOut(undefined));
  return ended.ok || ended.failure.kind === 'signed-out' ? undefined : ended.failure;
}
