'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Notice } from '@/components/ui/notice';
import { StatusBadge } from '@/components/ui/status-badge';
import type { Tone } from '@/components/ui/tone';
import type { IdentityVerdict } from '@/lib/policy/identity-policy';
import { actionsForTemplate } from '@/lib/provisioning/provisioning-role';
import type { PermissionFacts, ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import { type Answer, answerOf } from './answer-of';
import { chooseTemplate } from './template-choice';
import { useWizard } from './wizard-context';

/** After the last key stroke: a typed ARN is looked up once it rests. */
const CHECK_DELAY_MS = 400;

/** What was seen of a role: who may assume it, and what it may do of what the template needs. */
export function RoleFactsPanel({ roleArn }: { roleArn: string }) {
  const t = useTranslations('wizard.role');
  const { draft, place, actions } = useWizard();
  const [answer, setAnswer] = useState<Answer<ProvisioningRoleFacts> | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);
  const chosen = chooseTemplate(draft.template, place);
  const template = chosen.ok && chosen.value.kind === 'inline' ? chosen.value.template : undefined;
  const needed = template === undefined ? '' : actionsForTemplate(template).join(' ');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      const neededActions = needed === '' ? [] : needed.split(' ');
      void answerOf(actions.checkRole({ environment: place.environmentId, roleArn, neededActions })).then(
        (found) => {
          if (isCurrent) setAnswer(found);
        },
      );
    }, CHECK_DELAY_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [actions, place.environmentId, roleArn, needed, attempt]);

  function again() {
    setAnswer(undefined);
    setAttempt(attempt + 1);
  }

  return (
    <Card
      title={t('checked')}
      actions={
        <Button onPress={again} isPending={answer === undefined}>
          {t('checkAgain')}
        </Button>
      }
    >
      <div aria-live="polite" className="flex flex-col gap-3 text-sm">
        {answer === undefined ? <p>{t('checking')}</p> : <Answered answer={answer} />}
      </div>
    </Card>
  );
}

function Answered({ answer }: { answer: Answer<ProvisioningRoleFacts> }) {
  const t = useTranslations('wizard');
  if (answer.kind === 'no-answer') return <Notice tone="danger" title={t('noAnswer')} />;
  if (answer.kind === 'failure') return <FailureNotice failure={answer.failure} />;
  return <Facts facts={answer.value} />;
}

function Facts({ facts }: { facts: ProvisioningRoleFacts }) {
  const t = useTranslations('wizard.role');
  switch (facts.kind) {
    case 'not-a-role':
    case 'missing':
      return <StatusBadge tone="danger">{t(`seen.${facts.kind}`)}</StatusBadge>;
    case 'other-account':
      return <StatusBadge tone="danger">{t('seen.other-account', { account: facts.accountId })}</StatusBadge>;
    case 'not-seen':
      return (
        <>
          <StatusBadge tone="neutral">{t('seen.not-seen')}</StatusBadge>
          <p className="text-ink-muted">{t('seen.notSeenHelp')}</p>
        </>
      );
    case 'seen':
      return (
        <>
          <p>
            <StatusBadge tone={facts.trust.kind === 'trusted' ? 'positive' : 'danger'}>
              {t(`trust.${facts.trust.kind}`, {
                keys: facts.trust.kind === 'conditional' ? facts.trust.keys.join(', ') : '',
              })}
            </StatusBadge>
          </p>
          <Permissions permissions={facts.permissions} />
          {facts.permissionsBoundaryArn === undefined ? null : (
            <p className="text-ink-muted">{t('boundary', { arn: facts.permissionsBoundaryArn })}</p>
          )}
        </>
      );
  }
}

const VERDICT_TONES: Record<IdentityVerdict, Tone> = {
  allowed: 'positive',
  partly: 'warning',
  'explicit-deny': 'danger',
  'implicit-deny': 'danger',
};

function Permissions({ permissions }: { permissions: PermissionFacts }) {
  const t = useTranslations('wizard.role');
  if (permissions.kind === 'not-seen') {
    return <StatusBadge tone="neutral">{t('permissionsNotSeen')}</StatusBadge>;
  }
  return (
    <>
      <ul className="grid gap-1 sm:grid-cols-2">
        {permissions.actions.map(({ action, verdict }) => (
          <li key={action} className="flex flex-wrap items-center gap-2">
            <StatusBadge tone={VERDICT_TONES[verdict]}>{t(`verdict.${verdict}`)}</StatusBadge>
            <span className="font-mono text-xs">{action}</span>
          </li>
        ))}
      </ul>
      {permissions.malformed.length === 0 ? null : (
        <p className="text-ink-muted">{t('malformed', { names: permissions.malformed.join(', ') })}</p>
      )}
    </>
  );
}
