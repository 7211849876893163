'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { StatusBadge } from '@/components/ui/status-badge';
import type { JitrAct } from '@/lib/provisioning/jitr/calls';
import type { JitrState } from '@/lib/provisioning/jitr/drift';

type StandingCardProps = {
  state: JitrState;
  /** Undefined for who may only look. */
  onAct: ((act: JitrAct) => void) | undefined;
  /** The form differs from what was kept: then it is the form that is deployed. */
  isChanged: boolean;
  /** Certificates that were issued since the list was deployed. */
  newlyAllowed: number;
};

/** What stands in the account, and what can be done with it. */
export function StandingCard({ state, onAct, isChanged, newlyAllowed }: StandingCardProps) {
  const t = useTranslations('jitr.standing');
  const isThere = state.kind === 'there';
  const isDifferent = isThere && state.deviations.length > 0;
  return (
    <Card
      title={t('title')}
      aside={<Badge state={state} />}
      actions={
        onAct === undefined || state.kind === 'not-ours' ? undefined : (
          <>
            {isThere ? (
              <>
                <Button variant="quiet" onPress={() => onAct('remove')}>
                  {t('remove')}
                </Button>
                <Button onPress={() => onAct(state.isEnabled ? 'disable' : 'enable')}>
                  {t(state.isEnabled ? 'disable' : 'enable')}
                </Button>
              </>
            ) : null}
            <Button
              variant={!isThere || isDifferent || isChanged ? 'primary' : 'secondary'}
              onPress={() => onAct('deploy')}
            >
              {t(isThere ? 'update' : 'deploy')}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        <p>{t(`text.${textOf(state)}`)}</p>
        {isDifferent ? (
          <Notice tone="warning" title={t('differs')}>
            <ul className="list-disc pl-5">
              {state.deviations.map((deviation) => (
                <li key={deviation}>{t(`deviation.${deviation}`)}</li>
              ))}
            </ul>
            {newlyAllowed > 0 ? <p>{t('newlyAllowed', { count: newlyAllowed })}</p> : null}
            {/* Update leaves whom a role trusts as it is, and what is said of that says what to do. */}
            {state.deviations.includes('role-trust') ? null : <p>{t('differsHelp')}</p>}
          </Notice>
        ) : null}
        {state.kind === 'not-ours' ? (
          <Notice tone="danger" title={t('notOurs')}>
            <p>{t('notOursHelp')}</p>
          </Notice>
        ) : null}
      </div>
    </Card>
  );
}

function Badge({ state }: { state: JitrState }) {
  const t = useTranslations('jitr.standing.badge');
  switch (state.kind) {
    case 'absent':
      return <StatusBadge tone="neutral">{t('absent')}</StatusBadge>;
    case 'not-ours':
      return <StatusBadge tone="danger">{t('notOurs')}</StatusBadge>;
    case 'there':
      if (state.deviations.length > 0) return <StatusBadge tone="warning">{t('differs')}</StatusBadge>;
      return (
        <StatusBadge tone={state.isEnabled ? 'positive' : 'neutral'}>
          {t(state.isEnabled ? 'enabled' : 'disabled')}
        </StatusBadge>
      );
  }
}

function textOf(state: JitrState): 'absent' | 'enabled' | 'disabled' | 'notOurs' {
  if (state.kind === 'absent') return 'absent';
  if (state.kind === 'not-ours') return 'notOurs';
  return state.isEnabled ? 'enabled' : 'disabled';
}
