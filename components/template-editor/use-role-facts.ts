'use client';

import { useEffect, useState } from 'react';
import type { RoleReads } from '@/components/template/role-field';
import { orNoAnswer } from '@/components/ui/no-answer';
import { actionsForTemplate } from '@/lib/provisioning/provisioning-role';
import type { Template } from '@/lib/provisioning/template';
import { roleNameOf } from '@/lib/registry/iam-role';
import type { ProvisioningRoleFacts } from '@/lib/registry/provisioning-role';

/** Longer than between two keys of an ARN that is typed; our choice. */
const DEBOUNCE_MS = 700;

export type CheckRole = RoleReads['checkRole'];

/** What was seen of the role, once its ARN stands still; undefined while nothing is known. */
export function useRoleFacts(
  checkRole: CheckRole | undefined,
  environment: string,
  roleArn: string,
  template: Template | undefined,
): ProvisioningRoleFacts | undefined {
  const [seen, setSeen] = useState<{ question: string; facts: ProvisioningRoleFacts } | undefined>(undefined);
  const actions = template === undefined ? [] : actionsForTemplate(template);
  const question = roleNameOf(roleArn) === undefined ? '' : `${roleArn} ${actions.join(' ')}`;
  useEffect(() => {
    if (checkRole === undefined || question === '') return;
    let isCurrent = true;
    const [arn = '', ...neededActions] = question.split(' ');
    const timer = setTimeout(async () => {
      const answer = await orNoAnswer(checkRole({ environment, roleArn: arn, neededActions }));
      if (isCurrent && answer.ok) setSeen({ question, facts: answer.value });
    }, DEBOUNCE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [checkRole, environment, question]);
  return seen?.question === question ? seen.facts : undefined;
}
