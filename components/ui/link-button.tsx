import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { type ButtonVariant, buttonStyle } from './button-style';

type LinkButtonProps = {
  href: Route;
  variant?: ButtonVariant;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({ href, variant = 'secondary', icon, children, className }: LinkButtonProps) {
  return (
    <Link href={href} className={buttonStyle(variant, className)}>
      {icon}
      {children}
    </Link>
  );
}
