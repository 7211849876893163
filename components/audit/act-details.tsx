'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { KeyValue } from '@/components/ui/key-value';

type ActDetailsProps = {
  act: {
    sequence: number;
    at: string;
    action: string;
    clientAddress: string | undefined;
    requestId: string | undefined;
    /** JSON, or nothing was noted. */
    before: string | undefined;
    after: string | undefined;
  };
};

/** The button that shows all that was noted of one act. */
export function ActDetails({ act }: ActDetailsProps) {
  const t = useTranslations('audit');
  const [isOpen, setOpen] = useState(false);
  const facts = [
    { label: t('number'), value: String(act.sequence) },
    { label: t('at'), value: act.at },
    { label: t('clientAddress'), value: act.clientAddress ?? t('none') },
    { label: t('requestId'), value: act.requestId ?? t('none') },
  ];
  return (
    <>
      <Button
        variant="quiet"
        aria-label={t('detailsOf', { number: act.sequence })}
        onPress={() => setOpen(true)}
      >
        {t('details')}
      </Button>
      {isOpen ? (
        <Dialog title={act.action} isOpen onClose={() => setOpen(false)} width="wide">
          <KeyValue entries={facts} />
          {act.before === undefined ? null : <CodeBlock label={t('before')} code={act.before} wraps />}
          {act.after === undefined ? null : <CodeBlock label={t('after')} code={act.after} wraps />}
        </Dialog>
      ) : null}
    </>
  );
}
