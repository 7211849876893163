import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { ListPanel } from './list-panel';

type MissingResourceProps = { title: string; text: string; action?: ReactNode };

/** What a detail page shows when AWS knows no such resource: why that may be, and where to go. */
export function MissingResource({ title, text, action }: MissingResourceProps) {
  return (
    <ListPanel>
      <EmptyState title={title} action={action}>
        {text}
      </EmptyState>
    </ListPanel>
  );
}
