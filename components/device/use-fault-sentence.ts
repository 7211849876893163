'use client';

import { useCallback } from 'react';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import { formatByteSize } from '@/components/ui/byte-size';
import type { CaKeyFault, HandleUnknown } from '@/lib/browser/pki.protocol';
import type { WorkerStopped } from '@/lib/browser/worker-stopped';
import type { CsrFault } from '@/lib/pki/csr';
import type { DeviceFault } from '@/lib/pki/device-certificate';
import type { RecogniseFault } from '@/lib/pki/recognise';
import type { SubjectFault } from '@/lib/pki/subject';

export type PkiFault =
  | CaKeyFault
  | CsrFault
  | DeviceFault
  | HandleUnknown
  | RecogniseFault
  | SubjectFault
  | WorkerStopped;

/** The sentence for what the PKI worker refused, saying what to do. */
export function useFaultSentence(): (fault: PkiFault) => string {
  const t = useTranslations('device.fault');
  const failure = useTranslations('failure');
  const format = useFormatter();
  const locale = useLocale();
  return useCallback(
    (fault) => {
      if (fault.kind === 'worker-stopped') return failure('workerStopped');
      const params: Record<string, string | number> = {};
      for (const [name, value] of Object.entries(fault)) {
        if (name.startsWith('bytes')) params[name] = formatByteSize(Number(value), locale);
        else if (name === 'notAfter' || name === 'notBefore')
          params[name] = format.dateTime(new Date(String(value)), {
            dateStyle: 'medium',
            timeStyle: 'short',
          });
        else if (typeof value === 'string' || typeof value === 'number') params[name] = value;
      }
      return t(fault.kind, params);
    },
    [t, failure, format, locale],
  );
}
