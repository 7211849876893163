'use client';

import type { ComponentProps } from 'react';
import { Focusable } from 'react-aria-components/Focusable';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';

/** Half a second: long enough not to flicker under a moving mouse. */
const DELAY_MS = 500;

type TooltipProps = {
  text: string;
  /** One element that takes the focus by itself: a button or a link. */
  children: ComponentProps<typeof Focusable>['children'];
};

/** A hint on hover and on focus. Never the only place where something is said. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={DELAY_MS}>
      <Focusable>{children}</Focusable>
      <AriaTooltip
        offset={6}
        className="max-w-md rounded-md border border-line bg-raised px-2 py-1 text-xs wrap-anywhere text-ink shadow-raised"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
