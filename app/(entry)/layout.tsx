import type { ReactNode } from 'react';
import { setPreferences } from '@/app/frame/actions';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getTheme } from '@/lib/locale/preferences';

export default async function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <EntryFrame theme={await getTheme()} setPreferences={setPreferences}>
      {children}
    </EntryFrame>
  );
}
