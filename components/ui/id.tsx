'use client';

import { Check, Copy } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { Button } from 'react-aria-components/Button';
import { useTranslations } from 'use-intl';
import { classNames } from './class-names';
import { shortenMiddle } from './shorten-middle';
import { Tooltip } from './tooltip';
import { useCopy } from './use-copy';

type IdProps = {
  value: string;
  /** What it is, for screen readers, e.g. "Certificate id". */
  label: string;
  /** Makes the id a link; copying then has its own button. */
  href?: Route | undefined;
  /** Shows it whole, for pages that are about this one id. */
  isWhole?: boolean;
};

/** An id or ARN: monospace, short in the middle, whole on hover, focus and copy. */
export function Id({ value, label, href, isWhole = false }: IdProps) {
  const t = useTranslations('ui');
  const { state, copy } = useCopy();
  const text = isWhole ? value : shortenMiddle(value);
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      {href === undefined ? null : (
        <Tooltip text={value}>
          <Link
            href={href}
            aria-label={`${label} ${value}`}
            className={classNames('link font-mono text-xs', isWhole ? 'wrap-anywhere' : 'whitespace-nowrap')}
          >
            {text}
          </Link>
        </Tooltip>
      )}
      <Tooltip text={state === 'copied' ? t('copied') : `${t('copy')}: ${value}`}>
        <Button
          aria-label={t('copyOf', { label: `${label} ${value}` })}
          onPress={() => copy(value)}
          className="group inline-flex min-h-6 min-w-6 items-center gap-1.5 rounded-sm px-1 text-left font-mono text-xs data-hovered:bg-sunken"
        >
          {href === undefined ? (
            <span className={isWhole ? 'wrap-anywhere' : 'whitespace-nowrap'}>{text}</span>
          ) : null}
          <Icon aria-hidden className="size-3.5 shrink-0 text-ink-muted group-data-hovered:text-ink" />
        </Button>
      </Tooltip>
      <span
        role="status"
        className={classNames('text-xs', state === 'failed' ? 'text-danger' : 'text-positive')}
      >
        {state === 'copied' ? t('copied') : state === 'failed' ? t('copyFailed') : ''}
      </span>
    </span>
  );
}
