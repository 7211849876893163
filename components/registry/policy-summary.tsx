import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { TimeAgo } from '@/components/ui/time-ago';
import type { PolicyDetail } from '@/lib/registry/iot-policy';
import type { RegistryTranslator } from './translator';

type PolicySummaryCardProps = { t: RegistryTranslator; policy: PolicyDetail };

export function PolicySummaryCard({ t, policy }: PolicySummaryCardProps) {
  const { arn, defaultVersionId, createdAt, lastModifiedAt } = policy;
  const moment = (at: Date | undefined) =>
    at === undefined ? '–' : <TimeAgo at={at.toISOString()} isAbsolute />;
  return (
    <Card title={t('policy.summary')}>
      <KeyValue
        entries={[
          { label: t('policy.defaultVersion'), value: defaultVersionId },
          { label: t('policy.created'), value: moment(createdAt) },
          { label: t('policy.modified'), value: moment(lastModifiedAt) },
          { label: t('policy.arn'), value: <Id value={arn} label={t('policy.arn')} isWhole />, isWide: true },
        ]}
      />
    </Card>
  );
}
