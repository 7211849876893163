import type { Route } from 'next';
import { Card } from '@/components/ui/card';
import { CountBars } from '@/components/ui/count-bars';
import { FailureNotice } from '@/components/ui/failure-notice';
import type { Tone } from '@/components/ui/tone';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
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
  buckets: Result<
    readonly { key: keyof typeof TONES; count: number; isAtLeast: boolean; href: Route }[],
    Failure
  >;
};

/** How many certificates end when, each a link to them. */
export function ExpiryCard({ t, buckets }: ExpiryCardProps) {
  if (!buckets.ok) {
    return (
      <Card title={t('expiry.title')}>
        <FailureNotice failure={buckets.failure} />
      </Card>
    );
  }
  const whole = buckets.value.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card title={t('expiry.title')}>
      {whole === 0 ? (
        <p className="text-sm text-ink-muted">{t('expiry.none')}</p>
      ) : (
        <CountBars
          label={t('expiry.label')}
          whole={whole}
          bars={buckets.value.map(({ key, count, isAtLeast, href }) => ({
            label: t(`expiry.bucket.${key}`),
            count,
            text: isAtLeast ? `${count}+` : undefined,
            href,
            tone: TONES[key],
          }))}
        />
      )}
    </Card>
  );
}
