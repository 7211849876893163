import { devicesHref } from '@/components/device/devices-query';
import { Card } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import type { LedgerTranslator } from './ledger-translator';

type OutOfUseProps = {
  t: LedgerTranslator;
  environment: string;
  batch: string;
  replaced: number;
  givenUp: number;
  /** Of both: those that AWS would let in, as it last said. */
  active: { replaced: number; givenUp: number };
};

/** Devices of a batch whose bundles nobody is to use, and what is still to be done about their certificates. */
export function OutOfUse({ t, environment, batch, replaced, givenUp, active }: OutOfUseProps) {
  if (replaced + givenUp === 0) return null;
  const kinds = [
    { delivery: 'replaced', active: active.replaced },
    { delivery: 'given-up', active: active.givenUp },
  ] as const;
  return (
    <Card title={t('batch.outOfUse')}>
      <div className="flex flex-col gap-3 text-sm">
        <ul className="flex max-w-prose flex-col gap-1">
          {replaced > 0 ? <li>{t('batch.replacedCount', { count: replaced })}</li> : null}
          {givenUp > 0 ? <li>{t('batch.givenUpCount', { count: givenUp })}</li> : null}
        </ul>
        {active.replaced + active.givenUp > 0 ? (
          <Notice tone="danger" title={t('batch.outActive', { count: active.replaced + active.givenUp })}>
            <div className="flex flex-wrap gap-2">
              {kinds
                .filter((kind) => kind.active > 0)
                .map((kind) => (
                  <LinkButton
                    key={kind.delivery}
                    href={devicesHref(environment, { batch, delivery: kind.delivery, state: 'ACTIVE' })}
                  >
                    {t(kind.delivery === 'replaced' ? 'batch.activeReplaced' : 'batch.activeGivenUp', {
                      count: kind.active,
                    })}
                  </LinkButton>
                ))}
            </div>
          </Notice>
        ) : (
          <p className="max-w-prose text-ink-muted">{t('batch.outUnseen')}</p>
        )}
        <div className="flex flex-wrap gap-2">
          {replaced > 0 ? (
            <LinkButton href={devicesHref(environment, { batch, delivery: 'replaced' })}>
              {t('batch.outReplaced')}
            </LinkButton>
          ) : null}
          {givenUp > 0 ? (
            <LinkButton href={devicesHref(environment, { batch, delivery: 'given-up' })}>
              {t('batch.outGivenUp')}
            </LinkButton>
          ) : null}
        </div>
      </div>
    </Card>
  );
}
