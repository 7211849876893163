'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { AwsFindings } from './ask-aws';

/** How many of the things AWS was asked about, and how: a few of a long list say little of the others. */
export function ThingsAsked({ inAws, devices }: { inAws: AwsFindings; devices: number }) {
  const t = useTranslations('batch.checks');
  const { asked, named, way } = inAws;
  if (named === 0 || asked === 0)
    return <p className="text-ink-muted">{t(named === 0 ? 'noThings' : 'noAnswer')}</p>;
  if (way.kind === 'sample') {
    return (
      <Notice tone="warning" title={t('askedSome', { asked, named })}>
        <p>{t(`askedSomeText.${way.reason}`)}</p>
      </Notice>
    );
  }
  return (
    <p className="text-ink-muted">
      {way.kind === 'each'
        ? t('asked', { asked, count: devices })
        : t('askedList', { asked, count: devices, things: way.things })}
    </p>
  );
}
