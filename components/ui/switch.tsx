'use client';

import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components/Switch';

type SwitchProps = {
  children: ReactNode;
  description?: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
};

/** Something that is on or off at once, without a save button. */
export function Switch({ children, description, isDisabled = false, ...props }: SwitchProps) {
  return (
    <AriaSwitch
      {...props}
      isDisabled={isDisabled}
      className="group flex min-h-6 cursor-pointer items-start gap-2.5 text-sm data-disabled:opacity-50"
    >
      <span className="mt-0.5 flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:justify-end group-data-selected:border-accent group-data-selected:bg-accent">
        <span className="size-3 rounded-full bg-line-strong group-data-selected:bg-on-accent" />
      </span>
      <span>
        {children}
        {description === undefined ? null : (
          <span className="block text-xs text-ink-muted">{description}</span>
        )}
      </span>
    </AriaSwitch>
  );
}
