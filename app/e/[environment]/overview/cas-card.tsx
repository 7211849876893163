import { CaAttention } from '@/components/overview/ca-attention';
import { Figures } from '@/components/overview/figures';
import { consoleHref } from '@/components/shell/console-routes';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import type { CardProps, Read } from './card-props';
import { type CaFigures, countText } from './read-overview';

/** The CAs in numbers, and those that end soon. */
export async function CasCard({ t, environment, cas }: CardProps & { cas: Read<CaFigures> }) {
  const read = await cas;
  const href = consoleHref('certificateAuthorities', environment.id);
  if (!read.ok) {
    return (
      <Card title={t('cas.title')}>
        <FailureNotice failure={read.failure} />
      </Card>
    );
  }
  const { count, isPartial, active, autoRegistering, detailsRead, ending } = read.value;
  const text = (value: number) => countText(value, isPartial);
  return (
    <Card title={t('cas.title')}>
      <Figures
        figures={[
          { label: t('cas.registered'), value: text(count), href },
          { label: t('cas.active'), value: text(active), href },
          {
            label: t('cas.autoRegistration'),
            value: countText(autoRegistering, isPartial || detailsRead < count),
            href,
          },
        ]}
      />
      {detailsRead < count ? (
        <p className="mt-3 text-xs text-ink-muted">{t('cas.partial', { read: detailsRead, count })}</p>
      ) : null}
      <CaAttention title={t('cas.ending')} environment={environment.id} cas={ending} />
    </Card>
  );
}
