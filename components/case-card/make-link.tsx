'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Select } from '@/components/ui/select';
import type { Failure } from '@/lib/failure';
import type { CaseLinkActions, CaseLinkTarget } from './case-link-props';

type MakeLinkProps = { target: CaseLinkTarget; daysMax: number; make: CaseLinkActions['make'] };

/** Makes a link for a chosen time and shows it once: the server keeps only its hash. */
export function MakeLink(props: MakeLinkProps) {
  const t = useTranslations('case.links.make');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onPress={() => setOpen(true)}>
        {t('open')}
      </Button>
      {/* Made anew at every opening, so that no link stays in the page. */}
      {isOpen ? <MakeLinkDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const CHOICES = ['1', '3', '7'] as const;

function MakeLinkDialog({ target, daysMax, make, onClose }: MakeLinkProps & { onClose: () => void }) {
  const t = useTranslations('case.links.make');
  const ui = useTranslations('ui');
  const [days, setDays] = useState<(typeof CHOICES)[number]>('1');
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const [link, setLink] = useState<string | undefined>(undefined);

  async function submit() {
    if (isPending) return;
    setPending(true);
    try {
      const made = await orNoAnswer(make({ ...target, days: Number(days) }));
      setFailure(made.ok ? undefined : made.failure);
      if (made.ok) setLink(made.value.link);
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog
      title={t('title')}
      isOpen
      onClose={onClose}
      role="alertdialog"
      isBusy={isPending}
      footer={
        link === undefined ? (
          <>
            <Button onPress={onClose} isDisabled={isPending}>
              {ui('cancel')}
            </Button>
            <Button variant="primary" isPending={isPending} onPress={() => void submit()}>
              {t('confirm')}
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={onClose}>
            {t('done')}
          </Button>
        )
      }
    >
      {link === undefined ? (
        <>
          <p>{t('text')}</p>
          <Select
            label={t('days')}
            value={days}
            onChange={setDays}
            options={CHOICES.filter((choice) => Number(choice) <= daysMax).map((value) => ({
              value,
              label: t('daysOption', { days: Number(value) }),
            }))}
          />
          {failure === undefined ? null : <FailureNotice failure={failure} />}
        </>
      ) : (
        <>
          <p>{t('made')}</p>
          <CodeBlock label={t('label')} code={link} wraps />
        </>
      )}
    </Dialog>
  );
}
