'use client';

import { useFormatter, useTranslations } from 'use-intl';
import type { BundleDeviceFault } from '@/lib/browser/bundle-check/bundle-check.protocol';

/** The words for what is wrong with a device of a batch. */
export function useDeviceFaultWords() {
  const t = useTranslations('check-batch');
  const format = useFormatter();

  /** What tells this fault from others of its kind: the file, the date, AWS's words. */
  function detail(fault: BundleDeviceFault): string {
    if ('file' in fault) return fault.file;
    const date = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium' });
    if (fault.kind === 'expired') return date(fault.notAfter);
    if (fault.kind === 'not-yet-valid') return date(fault.notBefore);
    return fault.kind === 'template-refuses' ? fault.failure.message : '';
  }

  const title = (kind: BundleDeviceFault['kind']) => t(`kind.${kind}.title`);
  return {
    detail,
    title,
    remedy: (kind: BundleDeviceFault['kind']) => t(`kind.${kind}.text`),
    /** One line of a report. */
    sentence: (fault: BundleDeviceFault) => [title(fault.kind), detail(fault)].filter(Boolean).join(' '),
  };
}
