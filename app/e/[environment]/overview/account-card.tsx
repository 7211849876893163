import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { KeyValue } from '@/components/ui/key-value';
import type { CallerIdentity } from '@/lib/aws/sts-gateway';
import type { CardProps, Read } from './card-props';

/** Which account and Region this is, and as whom the console acts in it. */
export async function AccountCard({
  t,
  environment,
  identity,
}: CardProps & { identity: Read<CallerIdentity> }) {
  const read = await identity;
  return (
    <Card title={t('account.title')}>
      <div className="flex flex-col gap-3">
        <KeyValue
          entries={[
            {
              label: t('account.account'),
              value: <span className="font-mono">{environment.accountId}</span>,
            },
            { label: t('account.region'), value: <span className="font-mono">{environment.region}</span> },
            ...(read.ok
              ? [
                  {
                    label: t('account.identity'),
                    value: <span className="font-mono text-xs">{read.value.arn}</span>,
                    isWide: true,
                  },
                ]
              : []),
          ]}
        />
        {read.ok ? null : <FailureNotice failure={read.failure} />}
      </div>
    </Card>
  );
}
