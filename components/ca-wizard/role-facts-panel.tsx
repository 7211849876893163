'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { RoleFacts } from '@/components/template/role-facts';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import type { Failure } from '@/lib/failure';
import { actionsForTemplate } from '@/lib/provisioning/provisioning-role';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';
import type { Result } from '@/lib/result';
import { chooseTemplate } from './template-choice';
import { useWizard } from './wizard-context';

/** After the last key stroke: a typed ARN is looked up once it rests. */
const CHECK_DELAY_MS = 400;

/** What was seen of a role: who may assume it, and what it may do of what the template needs. */
export function RoleFactsPanel({ roleArn }: { roleArn: string }) {
  const t = useTranslations('wizard.role');
  const shared = useTranslations('template.role');
  const { draft, place, actions } = useWizard();
  const [answer, setAnswer] = useState<Result<ProvisioningRoleFacts, Failure> | undefined>(undefined);
  const [attempt, setAttempt] = useState(0);
  const chosen = chooseTemplate(draft.template, place);
  const template = chosen.ok && chosen.value.kind === 'inline' ? chosen.value.template : undefined;
  const needed = template === undefined ? '' : actionsForTemplate(template).join(' ');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      const neededActions = needed === '' ? [] : needed.split(' ');
      void orNoAnswer(actions.checkRole({ environment: place.environmentId, roleArn, neededActions })).then(
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
          {shared('checkAgain')}
        </Button>
      }
    >
      <div aria-live="polite" className="flex flex-col gap-3 text-sm">
        {answer === undefined ? (
          <p>{t('checking')}</p>
        ) : answer.ok ? (
          <RoleFacts facts={answer.value} />
        ) : (
          <FailureNotice failure={answer.failure} />
        )}
      </div>
    </Card>
  );
}
