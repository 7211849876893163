'use client';

import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';

type ToggleProps = {
  children: ReactNode;
  /** One line under the label. */
  description?: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  name?: string;
  isDisabled?: boolean;
};

export function Checkbox({ children, description, name, isDisabled = false, ...props }: ToggleProps) {
  return (
    <AriaCheckbox
      {...props}
      isDisabled={isDisabled}
      {...(name === undefined ? {} : { name })}
      className="group flex min-h-6 cursor-pointer items-start gap-2 text-sm data-disabled:opacity-50"
    >
      <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:border-accent group-data-selected:bg-accent">
        <Check
          aria-hidden
          strokeWidth={3}
          className="invisible size-3 text-on-accent group-data-selected:visible"
        />
      </span>
      <span>
        {children}
        {description === undefined ? null : (
          <span className="block text-xs text-ink-muted">{description}</span>
        )}
      </span>
    </AriaCheckbox>
  );
}
