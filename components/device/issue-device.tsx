'use client';

import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLeaveWarning } from '@/components/ui/use-leave-warning';
import { useNowMs } from '@/components/ui/use-now';
import type { Profile } from '@/lib/batch/profile';
import { caObstacle, type IssuingCa } from '@/lib/registry/issuing-ca';
import { CaCard } from './ca-card';
import { formWithProfile, type IssueForm, newIssueForm, nextIssueForm, replacementForm } from './issue-form';
import { IssueFormView } from './issue-form-view';
import type { IssueActions } from './issue-run';
import { IssuedPanel } from './issued-panel';
import { ProfileChoice } from './profile-choice';
import { issueHrefFor } from './replaced-href';
import { type ReplacedDevice, ReplacedNotice } from './replaced-notice';
import { understandTemplate } from './understood-template';
import { useUnlockedKey } from './unlocked-keys';
import { useIssue } from './use-issue';

export type IssueDeviceProps = {
  environment: string;
  ca: IssuingCa;
  /** Answers a `RegistryAnswer`. */
  registryUrl: string;
  actions: IssueActions;
  profiles: readonly Profile[];
  /** Undefined for a device that is new. */
  replaced: ReplacedDevice | undefined;
};

/** Issues devices under one CA, one after the other. */
export function IssueDevice({ environment, ca, registryUrl, actions, profiles, replaced }: IssueDeviceProps) {
  const t = useTranslations('device.issue');
  const nowMs = useNowMs();
  const caHandle = useUnlockedKey(ca.caId);
  const [form, setForm] = useState<IssueForm>(() =>
    replaced === undefined ? newIssueForm(ca.country) : replacementForm(replaced.subject),
  );
  const understood = useMemo(() => understandTemplate(ca.template), [ca.template]);
  const [profile, setProfile] = useState<Profile | undefined>(undefined);
  const issuing = useIssue({
    environment,
    caId: ca.caId,
    actions,
    replaces: replaced?.certificateId,
    profileId: profile?.id,
  });
  // A certificate in the worker is gone with the tab, its key with it.
  useLeaveWarning(issuing.isAtRisk, t('leave'));
  const { state } = issuing;

  if (state.kind === 'issued') {
    return (
      <IssuedPanel
        environment={environment}
        state={state}
        replaced={replaced}
        onDownloadAgain={(device) => void issuing.downloadAgain(device)}
        onNext={() => {
          issuing.discard();
          setForm(nextIssueForm(form));
        }}
      />
    );
  }
  const obstacle = caObstacle(ca, nowMs);
  return (
    <>
      {replaced === undefined ? null : <ReplacedNotice environment={environment} replaced={replaced} />}
      <CaCard
        environment={environment}
        ca={ca}
        obstacle={obstacle}
        template={replaced === undefined ? understood : undefined}
        isUnlocked={caHandle !== undefined}
        otherCaHref={issueHrefFor(environment, { replaces: replaced?.certificateId })}
      />
      {obstacle === undefined ? (
        <IssueFormView
          environment={environment}
          ca={ca}
          caHandle={caHandle}
          template={understood}
          registryUrl={registryUrl}
          profile={profile}
          profileChoice={
            <ProfileChoice
              environment={environment}
              profiles={profiles}
              chosen={profile}
              onChange={(chosen) => {
                setProfile(chosen);
                if (chosen !== undefined) setForm(formWithProfile(form, chosen.content));
              }}
            />
          }
          form={form}
          onChange={setForm}
          issuing={issuing}
          replaced={replaced}
        />
      ) : null}
    </>
  );
}
