'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { runPlan, type StepState } from '@/components/registry/plan-step';
import { PlanStepList } from '@/components/registry/plan-step-list';
import { useActed } from '@/components/registry/use-acted';
import { TemplateFindings } from '@/components/template/template-findings';
import { Button } from '@/components/ui/button';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { Dialog } from '@/components/ui/dialog';
import { FailureNotice } from '@/components/ui/failure-notice';
import { RadioCards } from '@/components/ui/radio-cards';
import type { Failure } from '@/lib/failure';
import { checkOnAttach } from '@/lib/provisioning/check-on-attach';
import { parseTemplate } from '@/lib/provisioning/template';
import { cliFor } from '@/lib/registry/cli';
import { NewTemplateFields } from './new-template-fields';
import { NewVersionFields } from './new-version-fields';
import { changedChoice, oldestSpare, type SaveChoice, savePlan } from './save-plan';
import type { TemplatePlace, TemplateSaving } from './template-ports';
import { templateHref } from './templates-query';
import { useAnswer } from './use-answer';

/** What is saved, and where it came from. */
export type TemplateDraftToSave = {
  templateBody: string;
  /** Empty where there is none yet. */
  roleArn: string;
  /** Of the template it came from; saving begins with a new version of that one. */
  templateName?: string | undefined;
  description?: string | undefined;
  /** What a new template is called at first. */
  name?: string | undefined;
};

export type SaveTemplateDialogProps = TemplatePlace &
  TemplateSaving & {
    draft: TemplateDraftToSave;
    isOpen: boolean;
    onClose: () => void;
    /** Instead of going to the template's page. */
    onSaved?: ((templateName: string) => void) | undefined;
  };

/** Saves a draft as a new named template, or as a new version of one; shows what devices will get differently. */
export function SaveTemplateDialog(props: SaveTemplateDialogProps) {
  // Made anew at every opening, so that neither an old choice nor an old failure stays.
  return props.isOpen ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ draft, onClose, onSaved, ...port }: SaveTemplateDialogProps) {
  const { environment, cliTarget } = port;
  const t = useTranslations('templates.save');
  const ui = useTranslations('ui');
  const acted = useActed();
  const [chosen, setChosen] = useState<SaveChoice>(() => ({
    kind: draft.templateName === undefined ? 'new' : 'version',
    name: draft.name ?? '',
    description: draft.description ?? '',
    roleArn: draft.roleArn,
    isEnabled: true,
    target: draft.templateName ?? '',
    isDefault: false,
    versionToDelete: undefined,
  }));
  const [states, setStates] = useState<Readonly<Record<number, StepState>>>({});
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);

  const { templateBody } = draft;
  const target = chosen.kind === 'version' && chosen.target !== '' ? chosen.target : undefined;
  const answer = useAnswer(target, (templateName) => port.readTemplate({ environment, templateName }));
  const read = answer?.ok ? answer.value : undefined;
  const choice: SaveChoice = {
    ...chosen,
    versionToDelete: chosen.versionToDelete ?? (read === undefined ? undefined : oldestSpare(read)),
  };
  const parsed = parseTemplate(templateBody);
  const check = checkOnAttach(templateBody, undefined);
  const steps =
    check.refusal === undefined
      ? savePlan(choice, templateBody, read, port, {
          create: t('create', { name: choice.name }),
          createVersion: t('createVersion', { name: choice.target }),
          deleteVersion: (version) => t('deleteVersion', { version }),
        })
      : undefined;
  const stateOf = (index: number): StepState => states[index] ?? 'waiting';

  function change(to: Partial<SaveChoice>) {
    const { choice: next, isOtherPlan } = changedChoice(chosen, to);
    setFailure(undefined);
    setChosen(next);
    if (isOtherPlan) setStates({});
  }

  async function save() {
    if (steps === undefined || isPending) return;
    setPending(true);
    try {
      const done = steps.filter((_, index) => stateOf(index) === 'done').length;
      const found = await runPlan(steps, done, (index, state) =>
        setStates((now) => ({ ...now, [index]: state })),
      );
      setFailure(found);
      if (found !== undefined) return;
      const name = choice.kind === 'new' ? choice.name : choice.target;
      acted(
        t(`done.${choice.kind}`, { name }),
        onSaved === undefined ? templateHref(environment, name) : undefined,
      );
      onSaved?.(name);
      onClose();
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog
      title={t('title')}
      isOpen
      onClose={onClose}
      width="wide"
      role="alertdialog"
      isBusy={isPending}
      footer={
        <>
          <Button onPress={onClose} isDisabled={isPending}>
            {ui('cancel')}
          </Button>
          <Button
            variant="primary"
            onPress={() => void save()}
            isPending={isPending}
            isDisabled={steps === undefined}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <RadioCards
        label={t('as')}
        columns={2}
        value={chosen.kind}
        onChange={(kind) => change({ kind })}
        options={[
          { value: 'version', label: t('asVersion'), description: t('asVersionHelp') },
          { value: 'new', label: t('asNew'), description: t('asNewHelp') },
        ]}
      />
      <TemplateFindings check={check} />
      {chosen.kind === 'new' ? (
        <NewTemplateFields
          port={port}
          choice={choice}
          onChange={change}
          template={parsed.ok ? parsed.value : undefined}
        />
      ) : (
        <NewVersionFields
          port={port}
          choice={choice}
          onChange={change}
          templateBody={templateBody}
          read={answer}
        />
      )}
      {steps === undefined ? null : (
        <>
          <PlanStepList labels={steps.map(({ label }) => label)} stateOf={stateOf} />
          <CliDisclosure commands={steps.map((step) => cliFor(step.change, cliTarget))} />
        </>
      )}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
    </Dialog>
  );
}
