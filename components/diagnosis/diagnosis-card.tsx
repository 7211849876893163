'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { type DeviceDiagnosis, headlineOf } from '@/lib/diagnosis/device-diagnosis';
import type { Finding } from '@/lib/diagnosis/finding';
import { CopyForEngineer } from './copy-for-engineer';
import { FindingDetails } from './finding-details';
import { FindingList } from './finding-list';
import { PhaseNotice } from './phase-notice';
import type { DiagnosedPlace } from './report-text';
import { UnseenList } from './unseen-list';
import { useFindingWords } from './use-finding-words';

type DiagnosisCardProps = {
  device: DeviceDiagnosis;
  place: DiagnosedPlace;
  /** Beside the copy button, e.g. when it was read. */
  actions?: ReactNode;
  /** What to do here about it, below the cause. */
  children?: ReactNode;
  /** What else can be asked, below the findings. */
  footer?: ReactNode;
};

/** The cause in one sentence, what to do, and everything else that was found or could not be seen. */
export function DiagnosisCard({ device, place, actions, children, footer }: DiagnosisCardProps) {
  const t = useTranslations('diagnosis');
  const { findings, unseen } = device.diagnosis;
  const headline = headlineOf(device.diagnosis);
  const further = headline === undefined ? findings : findings.slice(1);
  return (
    <Card
      title={t(device.diagnosis.ladder.phase === 'active' ? 'what.titleActive' : 'what.title')}
      actions={
        <>
          {actions}
          <CopyForEngineer device={device} place={place} />
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {headline === undefined ? <PhaseNotice device={device} /> : <Headline finding={headline} />}
        {children}
        {further.length === 0 ? null : (
          <div className="flex flex-col gap-2">
            <h3 className="text-sm font-semibold">
              {t(headline === undefined ? 'what.possible' : 'what.further')}
            </h3>
            <FindingList findings={further} />
          </div>
        )}
        <UnseenList unseen={unseen} />
        {footer}
      </div>
    </Card>
  );
}

function Headline({ finding }: { finding: Finding }) {
  const t = useTranslations('diagnosis');
  const words = useFindingWords();
  const { certainty } = finding;
  return (
    <Notice
      tone={certainty === 'certain' ? 'danger' : 'warning'}
      role="status"
      title={
        <span className="wrap-anywhere">
          {words.cause(finding)} <Badge>{t(`certainty.${certainty}`)}</Badge>
        </span>
      }
    >
      <FindingDetails finding={finding} />
    </Notice>
  );
}
