'use client';

import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import type { ButtonVariant } from './button-style';
import { useCopy } from './use-copy';

type CopyButtonProps = {
  /** What is copied. */
  text: string;
  /** What it is, for screen readers: "Copy {what}". */
  what: string;
  /** The visible word, unless it is "Copy". */
  children?: ReactNode;
  variant?: ButtonVariant;
};

/** Copies a text and says so, visibly and in a live region. */
export function CopyButton({ text, what, children, variant = 'quiet' }: CopyButtonProps) {
  const t = useTranslations('ui');
  const { state, copy } = useCopy();
  return (
    <span className="inline-flex items-center gap-2">
      <Button
        variant={variant}
        aria-label={t('copyOf', { label: what })}
        onPress={() => copy(text)}
        icon={state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
      >
        {state === 'copied' ? t('copied') : (children ?? t('copy'))}
      </Button>
      <span role="status" className={state === 'failed' ? 'text-xs text-danger' : 'sr-only'}>
        {state === 'copied' ? t('copied') : state === 'failed' ? t('copyFailed') : ''}
      </span>
    </span>
  );
}
