'use client';

import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { type ButtonVariant, buttonStyle } from './button-style';
import { Spinner } from './spinner';

type ButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'style'> & {
  variant?: ButtonVariant | undefined;
  /** Decoration beside the word. */
  icon?: ReactNode;
  /** The word; a button without one does not exist. */
  children: ReactNode;
  className?: string;
};

/**
 * A button. While `isPending` it keeps its focus and word, shows a spinner, and does not react.
 *
 * The library's own `isPending` is not used: what it announces is an image named by this button, which is without a name as
 * soon as the button is gone, with its dialog for one.
 */
export function Button({
  variant = 'secondary',
  icon,
  children,
  className,
  isPending,
  ...props
}: ButtonProps) {
  return (
    <AriaButton {...props} {...(isPending ? AT_REST : {})} className={buttonStyle(variant, className)}>
      {isPending ? <Spinner /> : icon}
      {children}
    </AriaButton>
  );
}

const AT_REST = { type: 'button', 'aria-disabled': true, onPress: () => {} } as const;
