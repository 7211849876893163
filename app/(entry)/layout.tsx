import type { ReactNode } from 'react';
// biome-ignore lint/style/noRestrictedImports: the preferences belong to every page, not to one route
import { setPreferences } from '@/app/preferences/actions';
import { EntryFrame } from '@/components/shell/entry-frame';
import { getTheme } from '@/lib/locale/preferences';

export default async function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <EntryFrame theme={await getTheme()} setPreferences={setPreferences}>
      {children}
    </EntryFrame>
  );
}
