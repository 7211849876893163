'use client';

import { useTranslations } from 'use-intl';
import { useFaultSentence } from '@/components/device/use-fault-sentence';
import type { BatchFault } from './batch-state';

/** The sentence for why a batch stopped, saying what to do. */
export function useBatchFaultSentence(): (
  fault: Exclude<BatchFault, { kind: 'server' | 'refused' }>,
) => string {
  const t = useTranslations('batch.fault');
  const sentenceOf = useFaultSentence();
  return (fault) => {
    switch (fault.kind) {
      case 'batch-closed':
      case 'batch-damaged':
      case 'batch-empty':
      case 'batch-open-elsewhere':
      case 'cancelled':
      case 'plan-too-big':
      case 'storage-full':
        return t(fault.kind);
      case 'output-refused':
        return t('output-refused', { reason: fault.reason });
      case 'devices-fail':
        return t('devices-fail', { cause: fault.cause });
      case 'device-files-failed':
        return t('device-files-failed', { commonName: fault.commonName, cause: fault.cause });
      default:
        return sentenceOf(fault);
    }
  };
}
