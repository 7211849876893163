'use client';

import { useTranslations } from 'use-intl';
import { devicesHref } from '@/components/device/devices-query';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import type { BatchState } from './batch-state';
import { MadeAnew } from './made-anew';
import { NotForgotten } from './not-forgotten';
import { RunDigest } from './run-digest';

type DeliveredBatchProps = {
  environment: string;
  state: Extract<BatchState, { kind: 'delivered' }>;
  onNext: () => void;
};

/** On record as delivered: what the person has now, and how to keep it. */
export function DeliveredBatch({ environment, state, onNext }: DeliveredBatchProps) {
  const t = useTranslations('batch.run');
  const words = useTranslations('batch.passphrase');
  const { end, keyOrigin, madeAnew, isForgotten } = state;
  const { passphrases } = end;
  const text = keyOrigin === 'device' ? 'deliveredKeyless' : isForgotten ? 'deliveredText' : 'deliveredKept';
  return (
    <>
      <Notice tone="positive" role="status" title={t('deliveredTitle', { devices: end.devices })}>
        <p>{t(text)}</p>
        {passphrases === undefined ? null : (
          <p>{words(passphrases === 'inside' ? 'deliveredInside' : 'deliveredApart')}</p>
        )}
      </Notice>
      <MadeAnew count={madeAnew} />
      {isForgotten ? null : <NotForgotten />}
      <RunDigest sha256={end.manifestSha256} />
      <div className="flex flex-wrap gap-2">
        <LinkButton variant="primary" href={devicesHref(environment, {})}>
          {t('devices')}
        </LinkButton>
        <Button onPress={onNext}>{t('next')}</Button>
      </div>
    </>
  );
}
