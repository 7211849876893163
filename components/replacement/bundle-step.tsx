'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { issueHrefFor } from '@/components/device/replaced-href';
import { caHref, certificateHref } from '@/components/registry/hrefs';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { LifeBar } from '@/components/ui/life-bar';
import { LinkButton } from '@/components/ui/link-button';
import { StatusBadge } from '@/components/ui/status-badge';
import { TimeAgo } from '@/components/ui/time-ago';
import { pairOf, type ReplacementProps } from './replacement-facts';

/** The new certificate and its bundle; where the bundle is lost, another beginning. */
export function BundleStep(props: ReplacementProps) {
  const { environment, old, next, may, actions } = props;
  const t = useTranslations('hierarchy.replacement');
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);
  const isRegistered = next.status !== undefined;
  const isOver = next.retiredAt !== undefined;

  async function giveUp() {
    const answer = await actions.abandon(pairOf(props));
    if (!answer.ok) return answer.failure;
    acted(t('abandon.acted'));
    return undefined;
  }

  return (
    <Card
      title={t('bundle.title')}
      actions={
        may.issue && !isOver ? (
          <>
            <Button onPress={() => setOpen(true)}>{t('abandon.act')}</Button>
            <LinkButton href={issueHrefFor(environment, { ca: next.caId, replaces: old.certificateId })}>
              {t('bundle.again')}
            </LinkButton>
          </>
        ) : undefined
      }
    >
      <KeyValue
        entries={[
          {
            label: t('bundle.title').replace(/^\d+\.\s*/, ''),
            value: (
              <StatusBadge tone={next.delivery === 'delivered' ? 'positive' : 'warning'}>
                {t(`bundle.${next.delivery ?? 'none'}`)}
              </StatusBadge>
            ),
          },
          {
            label: t('issuedBy'),
            value: (
              <>
                {next.operatorName} · <TimeAgo at={next.beganAt} />
              </>
            ),
          },
          {
            label: t('validity'),
            value:
              next.notBefore === undefined || next.notAfter === undefined ? (
                '–'
              ) : (
                <LifeBar from={next.notBefore} to={next.notAfter} />
              ),
          },
          {
            label: t('ca'),
            value: <Id value={next.caId} label={t('ca')} href={caHref(environment, next.caId)} />,
          },
          {
            label: t('id'),
            value: (
              <Id
                value={next.certificateId}
                label={t('id')}
                isWhole
                href={isRegistered ? certificateHref(environment, next.certificateId) : undefined}
              />
            ),
            isWide: true,
          },
        ]}
      />
      <ConfirmDialog
        title={t('abandon.dialog')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[
          t('abandon.keeps'),
          isRegistered
            ? t('abandon.registered', { id: next.certificateId.slice(0, 8) })
            : t('abandon.unregistered'),
        ]}
        confirmLabel={t('abandon.act')}
        onConfirm={giveUp}
      />
    </Card>
  );
}
