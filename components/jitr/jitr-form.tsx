'use client';

import { useEffect, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextField } from '@/components/ui/text-field';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import type { Failure } from '@/lib/failure';
import { jitrArtefacts } from '@/lib/provisioning/jitr/artefacts';
import type { JitrAct } from '@/lib/provisioning/jitr/calls';
import { settingsFaults } from '@/lib/provisioning/jitr/settings-faults';
import { ActDialog } from './act-dialog';
import { ArtefactTabs } from './artefact-tabs';
import { draftOf, type JitrDraft, settingsOf } from './jitr-draft';
import type { AllowedIds, JitrFormProps } from './jitr-port';
import { PolicyCard } from './policy-card';
import { StandingCard } from './standing-card';
import { ThingCard } from './thing-card';
import { useFaultSentences } from './use-jitr-words';
import { VerificationCard } from './verification-card';

/** The set-up of a CA: what is verified and made, what would stand in the account for it, and what does. */
export function JitrForm(props: JitrFormProps & { proposedDocument: string; deployedAllowed: number }) {
  const { environment, caId, accountId, region, cliTarget, standing, actions } = props;
  const t = useTranslations('jitr.form');
  const acted = useActed();
  const [draft, setDraft] = useState(() => draftOf(props.settings, props.proposedDocument));
  const [allowed, setAllowed] = useState<AllowedIds | undefined>(
    props.settings.allowList.kind === 'ledger' ? props.allowed : undefined,
  );
  const [isTried, setTried] = useState(false);
  const [act, setAct] = useState<JitrAct | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const [isSaving, startSaving] = useTransition();

  const settings = settingsOf(draft);
  const faults = settingsFaults(settings);
  const sentences = useFaultSentences(faults);
  const isSound = Object.keys(faults).length === 0;
  const isChanged =
    !props.isKept || JSON.stringify(settings) !== JSON.stringify(settingsOf(draftOf(props.settings, '')));
  const isLedger = draft.allowList === 'ledger';
  const artefacts = jitrArtefacts(settings, { accountId, region, caId }, allowed?.ids ?? []);
  const isReady = isSound && (!isLedger || allowed !== undefined);
  const isDeployed = standing?.state.kind === 'there';
  useLeaveWarning(props.isKept && isChanged, t('leave'));

  const { scope } = draft;
  const { readAllowedIds } = actions;
  useEffect(() => {
    if (!isLedger) return;
    let isCurrent = true;
    void orNoAnswer(readAllowedIds({ environment, caId, scope })).then((read) => {
      if (!isCurrent) return;
      if (read.ok) setAllowed(read.value);
      else setFailure(read.failure);
    });
    return () => {
      isCurrent = false;
    };
  }, [isLedger, scope, environment, caId, readAllowedIds]);

  const change = (changes: Partial<JitrDraft>) => setDraft((now) => ({ ...now, ...changes }));
  const errorsOf = (field: string) => (isTried ? sentences(field) : []);
  const part = { draft, change, errorsOf };

  function open(wanted: JitrAct) {
    setTried(true);
    // What is there can be switched off and removed, whatever the form says.
    if (wanted === 'deploy' && !isReady) return;
    setAct(wanted);
  }

  /** Switching off and removing are about what was deployed. */
  function kept() {
    const artefactsKept = jitrArtefacts(props.settings, { accountId, region, caId }, props.allowed.ids);
    return { settings: props.settings, artefacts: artefactsKept };
  }

  function save() {
    setTried(true);
    if (!isSound) return;
    startSaving(async () => {
      const saved = await orNoAnswer(
        actions.saveSettings({ environment, caId, settings, deployed: 'unchanged' }),
      );
      setFailure(saved.ok ? undefined : saved.failure);
      if (saved.ok) acted(t('saved'));
    });
  }

  return (
    <div className="flex min-w-0 flex-col gap-4">
      {standing === undefined ? null : (
        <StandingCard
          state={standing.state}
          onAct={open}
          isChanged={isChanged}
          newlyAllowed={isLedger ? Math.max(0, (allowed?.total ?? 0) - props.deployedAllowed) : 0}
        />
      )}
      {isTried && !isSound ? (
        <Notice tone="danger" role="alert" title={t('faults')}>
          <ul className="list-disc pl-5">
            {Object.keys(faults)
              .flatMap((field) => sentences(field))
              .map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
          </ul>
        </Notice>
      ) : null}
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      <VerificationCard {...part} caPem={props.caPem} allowed={allowed} />
      <ThingCard {...part} />
      <PolicyCard {...part} policyNames={props.policyNames} place={{ accountId, region }} />
      <Card title={t('where')}>
        <div className="flex flex-col gap-5">
          <RadioCards
            label={t('scope')}
            columns={2}
            value={draft.scope}
            onChange={(chosen) => change({ scope: chosen })}
            options={[
              { value: 'one-ca', label: t('oneCa'), description: t('oneCaHelp') },
              { value: 'all-cas', label: t('allCas'), description: t('allCasHelp') },
            ]}
          />
          <div className="max-w-md">
            <TextField
              label={t('name')}
              help={t(isDeployed ? 'nameDeployed' : 'nameHelp')}
              isMonospace
              value={draft.name}
              onChange={(name) => change({ name })}
              isDisabled={isDeployed}
              errors={errorsOf('name')}
              autoComplete="off"
              spellCheck="false"
            />
          </div>
        </div>
      </Card>
      <div className="flex flex-wrap gap-2">
        <Button onPress={save} isPending={isSaving}>
          {t('save')}
        </Button>
        {standing === undefined || standing.state.kind === 'not-ours' ? null : (
          <Button variant="primary" onPress={() => open('deploy')}>
            {t(isDeployed ? 'update' : 'deploy')}
          </Button>
        )}
      </div>
      <ArtefactTabs artefacts={artefacts} settings={settings} cliTarget={cliTarget} />
      {act === undefined || standing === undefined ? null : (
        <ActDialog
          act={act}
          onClose={() => setAct(undefined)}
          environment={environment}
          caId={caId}
          {...(act === 'deploy' ? { settings, artefacts } : kept())}
          presence={standing.presence}
          cliTarget={cliTarget}
          actions={actions}
        />
      )}
    </div>
  );
}
