'use client';

import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { diagnose } from '@/lib/diagnosis/diagnose';
import { type GivenFacts, NO_FACTS } from '@/lib/diagnosis/facts';
import { known } from '@/lib/diagnosis/known';
import { FindingList } from './finding-list';
import type { DiagnosedPlace } from './report-text';

type GivenFindingsProps = {
  given: GivenFacts;
  place: DiagnosedPlace;
  /** When it was read. */
  now: Date;
};

/** What a line of a log or an ARN says by itself, where it names no device that could be asked about. */
export function GivenFindings({ given, place: { region, accountId }, now }: GivenFindingsProps) {
  const t = useTranslations('find.result');
  const { findings } = diagnose(
    {
      ...NO_FACTS,
      given: known(given, 'given', now),
      environment: known({ region, accountId }, 'settings', now),
    },
    now,
  );
  if (findings.length === 0) return null;
  return (
    <Card title={t('byItself')}>
      <FindingList findings={findings} />
    </Card>
  );
}
