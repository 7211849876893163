'use client';

import { useLocale, useTranslations } from 'use-intl';
import { formatByteSize } from '@/components/ui/byte-size';
import type { BroughtFault } from '@/lib/browser/read-brought';
import type { WorkerStopped } from '@/lib/browser/worker-stopped';

/** Why a file could not be read, and what to do. */
export function useBroughtSentence(): (fault: BroughtFault | WorkerStopped) => string {
  const t = useTranslations('find.fault');
  const locale = useLocale();
  return (fault) => {
    switch (fault.kind) {
      case 'file-too-big':
        return t('file-too-big', {
          size: formatByteSize(fault.bytes, locale),
          limit: formatByteSize(fault.bytesMax, locale),
        });
      case 'bundle-too-big':
        return t('bundle-too-big', { limit: formatByteSize(fault.bytesMax, locale) });
      case 'bundle-too-many-files':
        return t('bundle-too-many-files', { max: fault.filesMax });
      case 'bundle-unreadable':
        return t('bundle-unreadable', { name: fault.name });
      case 'key-iterations':
        return t('key-iterations', { iterations: fault.iterations, max: fault.iterationsMax });
      case 'key-encryption-unsupported':
      case 'pkcs12-form-unsupported':
        return t(fault.kind, { what: fault.what });
      case 'passphrase-needed':
      case 'passphrase-wrong':
      case 'pkcs12-malformed':
      case 'file-unknown':
      case 'worker-stopped':
        return t(fault.kind);
    }
  };
}
