'use client';

import { useTranslations } from 'use-intl';
import { CopyButton } from '@/components/ui/copy-button';
import type { DeviceDiagnosis } from '@/lib/diagnosis/device-diagnosis';
import { type DiagnosedPlace, reportText } from './report-text';
import { useFindingWords } from './use-finding-words';

/** Puts the whole diagnosis on the clipboard, as text for a ticket. */
export function CopyForEngineer({ device, place }: { device: DeviceDiagnosis; place: DiagnosedPlace }) {
  const t = useTranslations('diagnosis');
  const { cause } = useFindingWords();
  return (
    <CopyButton text={reportText(device, place, { t, cause })} what={t('what.title')} variant="secondary">
      {t('what.copy')}
    </CopyButton>
  );
}
