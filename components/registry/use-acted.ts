'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useFlash } from '@/components/ui/flash';
import { useRefresh } from '@/components/ui/use-refresh';

/** What follows an act that worked: a message, and the page read again, or another page where this one has no subject left. */
export function useActed(): (text: string, goTo?: Route) => void {
  const router = useRouter();
  const { refresh } = useRefresh();
  const { show } = useFlash();
  return (text, goTo) => {
    show({ tone: 'positive', text });
    if (goTo !== undefined) router.push(goTo);
    void refresh();
  };
}
