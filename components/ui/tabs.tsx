'use client';

import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs';

export type TabItem = { id: string; label: string; content: ReactNode };

type TabsProps = {
  /** Names the group for screen readers. */
  label: string;
  tabs: readonly TabItem[];
  /** Which one is open at first: the page reads it from `?tab=`. */
  initialTab?: string | undefined;
};

/** Panels of one thing. The open one stands in the URL as `?tab=`, so that a link leads back to it. */
export function Tabs({ label, tabs, initialTab }: TabsProps) {
  const first = tabs.find(({ id }) => id === initialTab)?.id ?? tabs[0]?.id;
  if (first === undefined) return null;
  return (
    <AriaTabs defaultSelectedKey={first} onSelectionChange={(key) => rememberTab(String(key))}>
      <TabList aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={TAB}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="pt-4">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

const TAB =
  '-mb-px cursor-pointer border-b-2 border-transparent px-3 py-2 text-sm font-medium whitespace-nowrap text-ink-muted -outline-offset-2! data-hovered:text-ink data-selected:border-accent data-selected:text-ink';

function rememberTab(id: string) {
  const url = new URL(window.location.href);
  url.searchParams.set('tab', id);
  window.history.replaceState(null, '', url);
}
