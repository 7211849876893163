'use client';

import { useCallback } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { formatByteSize } from '@/components/ui/byte-size';
import type { CaKeyFault } from '@/lib/browser/pki.protocol';
import type { WorkerStopped } from '@/lib/browser/worker-stopped';
import type { RecogniseFault } from '@/lib/pki/recognise';

/** The sentence for a file that cannot be used, saying what to do. */
export function useFileSentence(): (fault: CaKeyFault | RecogniseFault | WorkerStopped) => string {
  const t = useTranslations('wizard.fileFault');
  const failure = useTranslations('failure');
  const locale = useLocale();
  return useCallback(
    (fault) => {
      if (fault.kind === 'worker-stopped') return failure('workerStopped');
      const params: Record<string, string | number> = {};
      for (const [name, value] of Object.entries(fault)) {
        if (Array.isArray(value)) params[name] = value.join(', ');
        else if (name.startsWith('bytes')) params[name] = formatByteSize(Number(value), locale);
        else if (typeof value === 'string' || typeof value === 'number') params[name] = value;
      }
      return t(fault.kind, params);
    },
    [t, failure, locale],
  );
}
