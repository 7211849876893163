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

/** A button. While `isPending` it keeps its focus and word, shows a spinner, and does not react. */
export function Button({ variant = 'secondary', icon, children, className, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={buttonStyle(variant, className)}>
      {props.isPending ? <Spinner /> : icon}
      {children}
    </AriaButton>
  );
}
