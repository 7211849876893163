'use client';

import { useTranslations } from 'use-intl';
import type { PolicyLintId } from '@/lib/policy/lint/policy-finding';
import type { TemplateLintId } from '@/lib/provisioning/lint/template-finding';

export type LintSentence = {
  /** What is the matter. */
  cause: string;
  /** What it means, and what to do. */
  advice: string;
  /** The attack it opens, by name. */
  attack: string | undefined;
};

type Finding = { id: TemplateLintId | PolicyLintId; params: Record<string, string | number> };

/** The attacks that findings open; the others are mistakes. */
const ATTACKS = [
  'everything-allowed',
  'client-id-unpinned',
  'publish-anywhere',
  'read-everything',
  'denied-subtree-reachable',
  'thing-name-constant',
  'thing-name-not-unique',
  'policy-allows-everything',
] as const;

const FIELDS = [
  'country',
  'stateName',
  'organization',
  'organizationalUnit',
  'commonName',
  'dnQualifier',
] as const;

/** Makes sentences of a template's findings; those of its policies are called `policy/…`. */
export function useLintSentence(): (finding: {
  id: TemplateLintId;
  params: Finding['params'];
}) => LintSentence {
  const t = useTranslations('template-lint.template');
  const attackOf = useAttack();
  const field = useTranslations('device.field');
  const policySentence = usePolicyLintSentence();
  return ({ id, params }) => {
    const policyId = policyIdOf(id);
    if (policyId !== undefined) return policySentence({ id: policyId, params });
    const templateId = id as Exclude<TemplateLintId, `policy/${PolicyLintId}`>;
    const named = FIELDS.find((name) => name === params['field']);
    const words = named === undefined ? params : { ...params, field: field(named) };
    return {
      cause: t(`${templateId}.cause`, words),
      advice: t(`${templateId}.advice`, words),
      attack: attackOf(templateId),
    };
  };
}

/** Makes sentences of a policy's findings. */
export function usePolicyLintSentence(): (finding: {
  id: PolicyLintId;
  params: Finding['params'];
}) => LintSentence {
  const t = useTranslations('template-lint.policy');
  const attackOf = useAttack();
  return ({ id, params }) => ({
    cause: t(`${id}.cause`, params),
    advice: t(`${id}.advice`, params),
    attack: attackOf(id),
  });
}

function useAttack(): (id: string) => string | undefined {
  const t = useTranslations('template-lint.attack');
  return (id) => {
    const attack = ATTACKS.find((known) => known === id);
    return attack === undefined ? undefined : t(attack);
  };
}

function policyIdOf(id: TemplateLintId): PolicyLintId | undefined {
  return id.startsWith('policy/') ? (id.slice('policy/'.length) as PolicyLintId) : undefined;
}
