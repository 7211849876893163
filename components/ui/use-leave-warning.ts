'use client';

import { useEffect } from 'react';

/** Asks before the page is left, by reload, by closing the tab, or by a link of our own. */
export function useLeaveWarning(isOn: boolean, question: string): void {
  useEffect(() => {
    if (!isOn) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      if (!isLeaving(event) || window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('beforeunload', onUnload);
    // On its way down, before the router's own handler sees it.
    document.addEventListener('click', onClick, { capture: true });
    return () => {
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
