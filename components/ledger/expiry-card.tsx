import type { Route } from 'next';
import { Card } from '@/components/ui/card';
import { CountBars } from '@/components/ui/count-bars';
import type { Tone } from '@/components/ui/tone';
import type { LedgerTranslator } from './ledger-translator';

const TONES = {
  expired: 'danger',
  week: 'danger',
  month: 'warning',
  quarter: 'warning',
  year: undefined,
  later: undefined,
} as const satisfies Record<string, Tone | undefined>;

type ExpiryCardProps = {
  t: LedgerTranslator;
  buckets: readonly { key: keyof typeof TONES; count: number; href: Route }[];
};

/** How many certificates end when, each a link to them. */
export function ExpiryCard({ t, buckets }: ExpiryCardProps) {
  const whole = buckets.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card title={t('expiry.title')}>
      {whole === 0 ? (
        <p className="text-sm text-ink-muted">{t('expiry.none')}</p>
      ) : (
        <CountBars
          label={t('expiry.label')}
          whole={whole}
          bars={buckets.map(({ key, count, href }) => ({
            label: t(`expiry.bucket.${key}`),
            count,
            href,
            tone: TONES[key],
          }))}
        />
      )}
    </Card>
  );
}
