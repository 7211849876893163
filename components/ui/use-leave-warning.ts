'use client';

import { useEffect } from 'react';
import { guardLeaving, isGuarded, mayLeave } from './leave-guard';

/**
 * Asks before the page is left: by reload, by closing the tab, by a link of our own, by the browser's Back, and by
 * whoever asks `mayLeave`.
 */
export function useLeaveWarning(isOn: boolean, question: string): void {
  useEffect(() => {
    if (!isOn) return;
    const takeBack = guardLeaving(question);
    const { href, pathname } = window.location;
    const entry: unknown = window.history.state;
    const onUnload = (event: BeforeUnloadEvent) => {
      if (isGuarded()) event.preventDefault();
    };
    const onPopState = (event: PopStateEvent) => {
      if (window.location.pathname === pathname || mayLeave()) return;
      // The browser has gone back already, the router has not heard of it: only the address has to be put right.
      event.stopImmediatePropagation();
      window.history.pushState(entry, '', href);
    };
    const onClick = (event: MouseEvent) => {
      if (!isLeaving(event) || window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('beforeunload', onUnload);
    // Before the router's own listener, which does not capture.
    window.addEventListener('popstate', onPopState, { capture: true });
    // On its way down, before the router's own handler sees it.
    document.addEventListener('click', onClick, { capture: true });
    return () => {
      takeBack();
      window.removeEventListener('popstate', onPopState, { capture: true });
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, { capture: true });
    };
  }, [isOn, question]);
}

function isLeaving({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  // Everything else opens another tab, and this one stays.
  if (button !== 0 || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return false;
  const link = target.closest('a[href]');
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.download !== '') return false;
  return link.protocol.startsWith('http') && link.pathname !== window.location.pathname;
}
