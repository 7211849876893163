'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import type { CaActionsProps, Listener } from './ca-actions-props';
import { jitrHref } from './hrefs';

type RoadListenersProps = Pick<CaActionsProps, 'environment' | 'caId' | 'listListeners'> & {
  to: 'jitp' | 'jitr';
};

/** Whether anybody hears of a registration: without a rule, devices on the road of JITR wait for a person. */
export function RoadListeners({ environment, caId, to, listListeners }: RoadListenersProps) {
  const t = useTranslations('road.listeners');
  const [read, setRead] = useState<Result<Listener[], Failure> | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    void orNoAnswer(listListeners({ environment, caId })).then((answer) => {
      if (!isGone) setRead(answer);
    });
    return () => {
      isGone = true;
    };
  }, [environment, caId, listListeners]);

  if (read === undefined) {
    return (
      <p role="status" className="flex items-center gap-2 text-sm text-ink-muted">
        <Spinner />
        {t('reading')}
      </p>
    );
  }
  if (!read.ok) return <Notice tone="warning" title={t('unread')} />;
  const awake = read.value.filter(({ isEnabled }) => isEnabled);
  const names = awake.map(({ name }) => name).join(', ');
  if (to === 'jitp') {
    // A set-up of the console looks whether the CA has a template; what others wrote may not.
    const foreign = awake.filter(({ isConsoles }) => !isConsoles);
    return foreign.length === 0 ? null : (
      <Notice tone="warning" title={t('jitpToo', { names: foreign.map(({ name }) => name).join(', ') })} />
    );
  }
  return (
    <Notice
      tone={awake.length === 0 ? 'warning' : 'info'}
      title={awake.length === 0 ? t('none') : t('some', { names, count: awake.length })}
    >
      <p>
        <Link href={jitrHref(environment, caId)} className="link">
          {t(awake.length === 0 ? 'setUp' : 'see')}
        </Link>
      </p>
    </Notice>
  );
}
