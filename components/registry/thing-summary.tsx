import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { ResourceTable } from '@/components/ui/resource-table';
import type { ThingDetail } from '@/lib/registry/thing';
import type { RegistryTranslator } from './translator';

type ThingSummaryProps = { t: RegistryTranslator; thing: ThingDetail };

export function ThingSummaryCard({ t, thing }: ThingSummaryProps) {
  const { arn, typeName, thingId, defaultClientId, billingGroupName, version } = thing;
  return (
    <Card title={t('thing.summary')}>
      <KeyValue
        entries={[
          { label: t('things.type'), value: typeName ?? t('things.noType') },
          {
            label: t('thing.clientId'),
            value:
              defaultClientId === undefined ? (
                '–'
              ) : (
                <Id value={defaultClientId} label={t('thing.clientId')} />
              ),
          },
          { label: t('things.version'), value: version },
          {
            label: t('thing.thingId'),
            value: thingId === undefined ? '–' : <Id value={thingId} label={t('thing.thingId')} isWhole />,
          },
          { label: t('thing.billingGroup'), value: billingGroupName ?? t('thing.none') },
          { label: t('thing.arn'), value: <Id value={arn} label={t('thing.arn')} isWhole />, isWide: true },
        ]}
      />
    </Card>
  );
}

export function ThingAttributesCard({ t, thing }: ThingSummaryProps) {
  return (
    <Card title={t('thing.attributes')} isFlush>
      <ResourceTable
        label={t('thing.attributes')}
        rows={Object.entries(thing.attributes)}
        rowKey={([name]) => name}
        empty={<EmptyState title={t('thing.noAttributes')}>{t('thing.noAttributesText')}</EmptyState>}
        columns={[
          {
            id: 'name',
            header: t('thing.attribute'),
            isRowHeader: true,
            cell: ([name]) => <span className="font-mono text-xs wrap-anywhere">{name}</span>,
          },
          {
            id: 'value',
            header: t('thing.value'),
            cell: ([, value]) => <span className="font-mono text-xs wrap-anywhere">{value}</span>,
          },
        ]}
      />
    </Card>
  );
}
