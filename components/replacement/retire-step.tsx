'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { certificateHref } from '@/components/registry/hrefs';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Notice } from '@/components/ui/notice';
import { cliFor } from '@/lib/registry/cli';
import { pairOf, type ReplacementProps } from './replacement-facts';

/** Deactivates the old certificate, on a person's word only. */
export function RetireStep(props: ReplacementProps) {
  const { environment, name, old, next, may, actions, cliTarget } = props;
  const t = useTranslations('hierarchy.replacement');
  const format = useFormatter();
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);
  const isInPlace = next.steps.length === 0;
  const isSeen = next.sighting.kind === 'connected' || next.sighting.kind === 'thing';

  async function retire() {
    const answer = await actions.retireOld(pairOf(props));
    if (!answer.ok) return answer.failure;
    acted(t('retire.acted'));
    return undefined;
  }

  return (
    <Card title={t('retire.title')}>
      <div className="flex flex-col gap-3 text-sm">
        {next.retiredAt === undefined || old.status === 'ACTIVE' ? (
          <>
            <p className="max-w-prose">{t('retire.text')}</p>
            {may.retire ? (
              <div>
                <Button variant="danger" isDisabled={!isInPlace} onPress={() => setOpen(true)}>
                  {t('retire.act')}
                </Button>
              </div>
            ) : (
              <p className="text-ink-muted">{t('mayNot')}</p>
            )}
          </>
        ) : (
          <Notice
            tone="positive"
            title={t('retire.done', {
              date: format.dateTime(new Date(next.retiredAt), { dateStyle: 'medium' }),
              status: old.status,
            })}
          />
        )}
        <p>
          <Link href={certificateHref(environment, old.certificateId)} className="link">
            {t('retire.page')}
          </Link>
        </p>
      </div>
      <ConfirmDialog
        title={t('retire.dialog', { name })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        consequences={[
          ...(isSeen ? [] : [t('retire.unseen')]),
          t('retire.out'),
          t('consequence.groups'),
          t('retire.back'),
        ]}
        // Who has not seen the new certificate work stakes the device on it.
        {...(isSeen ? {} : { nameToType: name })}
        confirmLabel={t('retire.act')}
        onConfirm={retire}
      >
        <CliDisclosure
          commands={[
            cliFor(
              { kind: 'update-certificate', certificateId: old.certificateId, status: 'INACTIVE' },
              cliTarget,
            ),
          ]}
        />
      </ConfirmDialog>
    </Card>
  );
}
