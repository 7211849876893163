'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Notice } from '@/components/ui/notice';
import { cliFor } from '@/lib/registry/cli';
import { ParityTable } from './parity-table';
import { pairOf, type ReplacementProps } from './replacement-facts';
import { toChange, useStepLabel } from './replacement-steps';

/** As many steps as a fresh replacement has for this device: registration, policies, things, activation. */
const stepsInAll = ({ old }: ReplacementProps) => old.policyNames.length + old.thingNames.length + 2;

/** Gives the new certificate what the old one has; pressed again after a failure, it goes on there. */
export function PlaceStep(props: ReplacementProps) {
  const { old, next, may, actions, cliTarget, name } = props;
  const t = useTranslations('hierarchy.replacement');
  const labelOf = useStepLabel();
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);
  const [saysHasBundle, setSaysHasBundle] = useState(false);
  const { steps } = next;
  const isBegun = next.status !== undefined;
  const isUnconfirmed = next.delivery !== 'delivered';
  const goesWithoutCa = steps.some((step) => step.kind === 'register-certificate' && !step.withCa);
  const isHindered = goesWithoutCa && !may.placeWithoutCa;
  const isBlocked = isUnconfirmed && !saysHasBundle;
  const act = isBegun ? 'finish' : 'act';

  async function put() {
    const answer = await actions.putInPlace({ ...pairOf(props), hasBundle: saysHasBundle });
    if (!answer.ok) return answer.failure;
    acted(t('place.acted'));
    return undefined;
  }

  return (
    <Card title={t('place.title')}>
      <div className="flex flex-col gap-4 text-sm">
        {steps.length === 0 ? (
          <Notice tone="positive" title={t('place.done')} />
        ) : (
          <>
            {isBegun ? (
              <Notice
                tone="warning"
                title={t('place.half', { done: steps.length, all: stepsInAll(props) })}
              />
            ) : null}
            <p className="max-w-prose">{t('place.text')}</p>
            {goesWithoutCa ? (
              <Notice
                tone="warning"
                title={
                  isHindered ? t('place.withoutCaAsk') : t('place.withoutCa', { ca: next.caId.slice(0, 8) })
                }
              />
            ) : null}
            {isUnconfirmed ? (
              <Checkbox
                isSelected={saysHasBundle}
                onChange={setSaysHasBundle}
                description={t('bundle.haveText')}
              >
                {t('bundle.have')}
              </Checkbox>
            ) : null}
            {may.place ? (
              <div className="flex flex-wrap items-center gap-3">
                <Button variant="primary" isDisabled={isBlocked || isHindered} onPress={() => setOpen(true)}>
                  {t(`place.${act}`)}
                </Button>
                {isBlocked ? <p className="text-ink-muted">{t('place.blockedBundle')}</p> : null}
              </div>
            ) : (
              <p className="text-ink-muted">{t('mayNot')}</p>
            )}
          </>
        )}
        <ParityTable parity={next.parity} groups={old.groups} isKnown={isBegun} />
      </div>
      <ConfirmDialog
        title={t('title', { name })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[t('consequence.old'), t('consequence.new'), t('consequence.groups')]}
        confirmLabel={t(`place.${act}`)}
        isDangerous={false}
        onConfirm={put}
      >
        <div>
          <p className="font-medium">{t('place.steps')}</p>
          <ol className="mt-1 list-decimal space-y-1 pl-5">
            {steps.map((step) => (
              <li key={labelOf(step)} className="wrap-anywhere">
                {labelOf(step)}
              </li>
            ))}
          </ol>
        </div>
        <CliDisclosure commands={steps.map((step) => cliFor(toChange(step), cliTarget))} />
      </ConfirmDialog>
    </Card>
  );
}
