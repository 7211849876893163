'use client';

import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { SelectBox } from '@/components/ui/select-box';
import type { ActSubject } from './act-run';
import { type SelectionList, useActs } from './acts-context';
import { type Selection, toggled, withAll, without } from './selection-state';

type Scope = {
  rows: readonly ActSubject[];
  selection: Selection;
  toggle: (id: string, isRange: boolean) => void;
  select: (selection: Selection) => void;
};

const ScopeContext = createContext<Scope | undefined>(undefined);

/** The selection of the list around. */
export function useSelection(): Scope {
  const scope = useContext(ScopeContext);
  if (scope === undefined) throw new TypeError('useSelection needs a SelectionScope above it');
  return scope;
}

type SelectionScopeProps = {
  list: SelectionList;
  /** The rows of this page, in their order. */
  rows: readonly ActSubject[];
  /** The table, whose cells hold a `SelectRow` each, and whatever acts on the selection. */
  children: ReactNode;
};

/** Around a table whose rows can be picked. */
export function SelectionScope({ list, rows, children }: SelectionScopeProps) {
  const { selectionOf, select } = useActs();
  const anchor = useRef<string | undefined>(undefined);
  const selection = selectionOf(list);
  const scope = useMemo(
    () => ({
      rows,
      selection,
      select: (next: Selection) => select(list, next),
      toggle: (id: string, isRange: boolean) => {
        select(list, toggled(selection, rows, id, isRange ? anchor.current : undefined));
        anchor.current = id;
      },
    }),
    [rows, selection, select, list],
  );
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

/** The box of one row. */
export function SelectRow({ id, name }: { id: string; name: string }) {
  const t = useTranslations('acts.selection');
  const { selection, toggle } = useSelection();
  return (
    <SelectBox
      label={t('row', { name })}
      isSelected={selection.has(id)}
      onToggle={(isRange) => toggle(id, isRange)}
    />
  );
}

/** The box in the header: all rows of this page. */
export function SelectPage() {
  const t = useTranslations('acts.selection');
  const { rows, selection, select } = useSelection();
  const selectedCount = rows.filter(({ id }) => selection.has(id)).length;
  const isAll = rows.length > 0 && selectedCount === rows.length;
  return (
    <SelectBox
      label={t('page')}
      isSelected={isAll}
      isPartial={selectedCount > 0}
      onToggle={() =>
        select(
          isAll
            ? without(
                selection,
                rows.map(({ id }) => id),
              )
            : withAll(selection, rows),
        )
      }
    />
  );
}
