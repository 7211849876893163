'use client';

import type { Route } from 'next';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { caHref } from '@/components/registry/hrefs';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { useRefresh } from '@/components/ui/use-refresh';
import { CallList } from './call-list';
import { type Registration, registrationOf } from './registration';
import { useRun } from './use-run';
import { useWizard } from './wizard-context';

/** Makes the calls and says what became of each. */
export function RunStep({ startsAtOnce }: { startsAtOnce: boolean }) {
  const t = useTranslations('wizard.run');
  const { draft, place, change } = useWizard();
  const registration = registrationOf(draft, place);
  if (registration !== undefined) {
    return <Running registration={registration} startsAtOnce={startsAtOnce} />;
  }
  return (
    <Notice tone="warning" title={t('incomplete')}>
      <div>
        <Button onPress={() => change({ kind: 'step-entered', step: 'review' })}>{t('toReview')}</Button>
      </div>
    </Notice>
  );
}

function Running({ registration, startsAtOnce }: { registration: Registration; startsAtOnce: boolean }) {
  const t = useTranslations('wizard.run');
  const { change } = useWizard();
  const { run, phase, start } = useRun(registration, { startsAtOnce });

  useEffect(() => {
    if (phase === 'finished') change({ kind: 'step-completed' });
  }, [phase, change]);

  return (
    <>
      {phase === 'ready' && !startsAtOnce ? (
        <Notice tone="info" title={t('interrupted')}>
          <p>{t('interruptedHelp')}</p>
        </Notice>
      ) : null}
      {phase === 'finished' ? <Finished registration={registration} /> : null}
      <Card title={t('calls')} aside={<span role="status">{t(`phase.${phase}`)}</span>}>
        <CallList run={run} registration={registration} showsStatus />
      </Card>
      {phase === 'finished' ? null : (
        <div className="flex flex-wrap gap-2 border-t border-line pt-4">
          <Button
            isDisabled={phase === 'running'}
            onPress={() => change({ kind: 'step-entered', step: 'review' })}
          >
            {t('toReview')}
          </Button>
          <Button variant="primary" onPress={start} isPending={phase === 'running'}>
            {t(phase === 'failed' ? 'retry' : 'start')}
          </Button>
        </div>
      )}
    </>
  );
}

function Finished({ registration }: { registration: Registration }) {
  const t = useTranslations('wizard.run');
  const { place, change, holdKey } = useWizard();
  const { refresh } = useRefresh();
  const { caId } = registration;
  const issueHref = `/e/${place.environmentId}/devices/issue?ca=${caId}` as Route;
  return (
    <Notice tone="positive" role="status" title={t('finished')}>
      <p>{t(registration.registrationConfig === undefined ? 'nextJitr' : 'next')}</p>
      <div className="mt-1 flex flex-wrap gap-2">
        <LinkButton variant="primary" href={issueHref}>
          {t('issue')}
        </LinkButton>
        <LinkButton href={caHref(place.environmentId, caId)}>{t('openCa')}</LinkButton>
        <Button
          variant="quiet"
          onPress={() => {
            // Roles and policies are others than when the page was read.
            void refresh();
            holdKey(caId, undefined);
            change({ kind: 'restarted' });
          }}
        >
          {t('another')}
        </Button>
      </div>
    </Notice>
  );
}
