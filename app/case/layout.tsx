import type { ReactNode } from 'react';
import { setPreferences } from '@/app/frame/actions';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getTheme } from '@/lib/locale/preferences';

/** Nobody has to be signed in, so nothing of the console stands around it. */
export default async function CaseLayout({ children }: { children: ReactNode }) {
  return (
    <EntryFrame theme={await getTheme()} setPreferences={setPreferences} isWide>
      {children}
    </EntryFrame>
  );
}
