'use client';

import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { buttonStyle } from './button-style';
import { classNames } from './class-names';
import { ITEM, POPOVER } from './popover-style';

export type MenuEntry = {
  id: string;
  label: string;
  icon?: ReactNode;
  description?: string;
  isDangerous?: boolean;
  isDisabled?: boolean;
};

type MenuProps = {
  /** The word on the button. */
  label: ReactNode;
  /** The name for screen readers where the word alone says too little. */
  accessibleLabel?: string;
  icon?: ReactNode;
  entries: readonly MenuEntry[];
  onAction: (id: string) => void;
  /** Makes it a choice: this one carries the check mark. */
  selectedId?: string;
  className?: string;
};

/** A button with a list of acts or choices. */
export function Menu({ label, accessibleLabel, icon, entries, onAction, selectedId, className }: MenuProps) {
  return (
    <MenuTrigger>
      <Button
        {...(accessibleLabel === undefined ? {} : { 'aria-label': accessibleLabel })}
        className={buttonStyle('quiet', className)}
      >
        {icon}
        {label}
        <ChevronDown aria-hidden className="text-ink-muted" />
      </Button>
      <Popover placement="bottom end" className={POPOVER}>
        <AriaMenu
          className="outline-none"
          onAction={(key) => onAction(String(key))}
          {...(selectedId === undefined
            ? {}
            : { selectionMode: 'single' as const, selectedKeys: [selectedId], disallowEmptySelection: true })}
        >
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.isDisabled ?? false}
              className={classNames(ITEM, 'min-w-40', entry.isDangerous && 'text-danger')}
            >
              {selectedId === undefined ? null : (
                <Check
                  aria-hidden
                  className={classNames('mt-0.5 size-4 shrink-0', entry.id !== selectedId && 'invisible')}
                />
              )}
              {entry.icon}
              <span className="min-w-0">
                {entry.label}
                {entry.description === undefined ? null : (
                  <span className="block text-xs text-ink-muted">{entry.description}</span>
                )}
              </span>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
