'use client';

import { Redo2, Undo2 } from 'lucide-react';
import { useState, useTransition } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { policyHref } from '@/components/registry/hrefs';
import { policiesHref } from '@/components/registry/policies-query';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { FailureNotice } from '@/components/ui/failure-notice';
import { LinkButton } from '@/components/ui/link-button';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import type { Failure } from '@/lib/failure';
import { printSentences } from '@/lib/policy/builder/policy-sentences';
import { starterSentences } from '@/lib/policy/builder/policy-starters';
import { compactJson } from '@/lib/policy/json-layout';
import { isSameJson } from '@/lib/policy/json-tree';
import { lintPolicy } from '@/lib/policy/lint/lint-policy';
import type { CliTarget } from '@/lib/registry/aws-command';
import { type AwsChange, cliFor } from '@/lib/registry/cli';
import { isPolicyName } from '@/lib/registry/iot-policy';
import type { Result } from '@/lib/result';
import { PolicyEditor } from './policy-editor';
import type { PolicyEditorContext } from './policy-editor-context';
import { useHistory } from './use-history';

type Named = { environment: string; policyName: string; document: string };

export type PolicyFormActions = {
  createPolicy: (input: Named) => Promise<Result<unknown, Failure>>;
  createVersion: (
    input: Named & { isDefault: boolean; replacedVersionId?: string },
  ) => Promise<Result<{ versionId: string }, Failure>>;
};

/** The policy that gets a new version. */
export type EditedPolicy = {
  name: string;
  /** Of the version that is edited on. */
  document: string;
  versionId: string;
  /** The oldest that is not in force, where AWS has no room for another; with its time in ISO 8601. */
  replaced: { versionId: string; createdAt: string | undefined } | undefined;
};

type PolicyFormProps = {
  environment: string;
  cliTarget: CliTarget;
  context: PolicyEditorContext;
  /** Undefined: a new policy. */
  policy: EditedPolicy | undefined;
  actions: PolicyFormActions;
};

/** A policy is created, or gets a new version. */
export function PolicyForm({ environment, cliTarget, context, policy, actions }: PolicyFormProps) {
  const t = useTranslations('policy-editor.page');
  const toolbar = useTranslations('policy-editor.toolbar');
  const acted = useActed();
  const [start] = useState(
    () => policy?.document ?? printSentences(starterSentences('own-topics'), context.place, 2),
  );
  const history = useHistory(start);
  const document = history.present;
  const [name, setName] = useState('');
  const [isDefault, setDefault] = useState(true);
  const [isTried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const [isPending, startTransition] = useTransition();
  const policyName = policy?.name ?? name.trim();
  const isUnchanged = policy !== undefined && isSameJson(document, policy.document);
  const hasErrors = lintPolicy(document, context).some(({ severity }) => severity === 'error');
  const isNamed = isPolicyName(policyName);
  useLeaveWarning(document !== start, t('leave'));

  function save() {
    setTried(true);
    if (!isNamed || isUnchanged || isPending) return;
    startTransition(async () => {
      const saved = await send();
      setFailure(saved.ok ? undefined : saved.failure);
      if (saved.ok) acted(saved.value, policyHref(environment, policyName));
    });
  }
  async function send(): Promise<Result<string, Failure>> {
    const input = { environment, policyName, document };
    if (policy === undefined) {
      const created = await orNoAnswer(actions.createPolicy(input));
      return created.ok ? { ok: true, value: t('created', { name: policyName }) } : created;
    }
    const replaced = policy.replaced && { replacedVersionId: policy.replaced.versionId };
    const saved = await orNoAnswer(actions.createVersion({ ...input, isDefault, ...replaced }));
    return saved.ok
      ? { ok: true, value: t('saved', { name: policyName, version: saved.value.versionId }) }
      : saved;
  }

  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-end gap-3">
        {policy === undefined ? (
          <div className="w-full max-w-md">
            <TextField
              label={t('name')}
              constraint={t('nameHelp')}
              isMonospace
              value={name}
              onChange={setName}
              errors={isTried && !isNamed ? [t('nameError')] : []}
              autoComplete="off"
              spellCheck="false"
            />
          </div>
        ) : null}
        <div className="ml-auto flex gap-2">
          <Button icon={<Undo2 aria-hidden />} onPress={history.undo} isDisabled={!history.canUndo}>
            {toolbar('undo')}
          </Button>
          <Button icon={<Redo2 aria-hidden />} onPress={history.redo} isDisabled={!history.canRedo}>
            {toolbar('redo')}
          </Button>
        </div>
      </div>
      <PolicyEditor document={document} onChange={history.change} context={context} />
      {policy === undefined ? null : (
        <VersionOptions policy={policy} isDefault={isDefault} onDefault={setDefault} />
      )}
      {hasErrors ? <Notice tone="warning" title={t('errorsStop')} /> : null}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      {isTried && isUnchanged ? (
        <Notice tone="info" role="status" title={t('unchanged', { version: policy?.versionId ?? '' })} />
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <LinkButton
          href={policy === undefined ? policiesHref(environment, {}) : policyHref(environment, policy.name)}
        >
          {t('cancel')}
        </LinkButton>
        <Button variant="primary" onPress={save} isPending={isPending}>
          {t(policy === undefined ? 'create' : 'save')}
        </Button>
      </div>
      {isNamed ? (
        <CliDisclosure
          commands={changesOf(policy, { policyName, document: compactJson(document), isDefault }).map(
            (change) => cliFor(change, cliTarget),
          )}
        />
      ) : null}
    </div>
  );
}

function VersionOptions({
  policy,
  isDefault,
  onDefault,
}: {
  policy: EditedPolicy;
  isDefault: boolean;
  onDefault: (isDefault: boolean) => void;
}) {
  const t = useTranslations('policy-editor.page');
  const format = useFormatter();
  const { replaced } = policy;
  const createdAt = replaced?.createdAt;
  return (
    <>
      <Checkbox isSelected={isDefault} onChange={onDefault} description={t('setDefaultHelp')}>
        {t('setDefault')}
      </Checkbox>
      {replaced === undefined ? null : (
        <Notice
          tone="warning"
          title={t('full', {
            version: replaced.versionId,
            date:
              createdAt === undefined ? '–' : format.dateTime(new Date(createdAt), { dateStyle: 'medium' }),
          })}
        />
      )}
    </>
  );
}

function changesOf(
  policy: EditedPolicy | undefined,
  { policyName, document, isDefault }: { policyName: string; document: string; isDefault: boolean },
): AwsChange[] {
  if (policy === undefined) return [{ kind: 'create-policy', policyName, document }];
  const { replaced } = policy;
  return [
    ...(replaced === undefined
      ? []
      : [{ kind: 'delete-policy-version', policyName, versionId: replaced.versionId } as const]),
    { kind: 'create-policy-version', policyName, document, setAsDefault: isDefault },
  ];
}
