'use client';

import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { PlanStepList } from '@/components/registry/plan-step-list';
import { useActed } from '@/components/registry/use-acted';
import { Badge } from '@/components/ui/badge';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioCards } from '@/components/ui/radio-cards';
import { hitsDevices } from '@/lib/registry/ca-impact';
import { CA_ROADS, type CaRoad, planRoad, type RoadStep, roadOf } from '@/lib/registry/ca-road';
import { cliFor } from '@/lib/registry/cli';
import { BlastRadius } from './blast-radius';
import type { CaDialogProps } from './ca-dialog-props';
import { RoadListeners } from './road-listeners';
import { draftOfCa, readDraft, type TemplateDraft } from './template-draft';
import { TemplateDraftForm } from './template-draft-form';
import { useRegisteredSentence } from './use-registered-sentence';

/** Switches a CA between JITP, JITR and closed, in one act. */
export function RoadDialog(props: CaDialogProps) {
  // Made anew at every opening, so that it begins with what the CA does now.
  return props.isOpen ? <OpenRoadDialog {...props} /> : null;
}

function OpenRoadDialog({ isOpen, onClose, ...ca }: CaDialogProps) {
  const { environment, caId, name, status, autoRegistration, registrationConfig } = ca;
  const from = { status, autoRegistration, registrationConfig };
  const now = roadOf(from);
  const t = useTranslations('road');
  const acted = useActed();
  const registered = useRegisteredSentence(ca.registered);
  const [to, setTo] = useState<CaRoad>(now);
  const [draft, setDraft] = useState<TemplateDraft>(() => draftOfCa(undefined, true));
  // The template that is there is changed in its own dialog.
  const needsTemplate = to === 'jitp' && registrationConfig === undefined;
  const read = readDraft(draft, ca.place);
  const template = needsTemplate ? read.config : undefined;
  const plan = planRoad(from, to, template);
  const steps = plan.kind === 'steps' ? plan.steps : [];
  const isClosing = to === 'closed' && to !== now;
  const refusesDevices = isClosing && hitsDevices(ca.impact);
  const isOpening = to !== 'closed' && status === 'INACTIVE';
  const consequences =
    to === now
      ? []
      : [
          t(`follows.${to}`),
          ...(isOpening ? [t('follows.activates')] : []),
          registered,
          t(`pending.${to}`),
          ...(registrationConfig !== undefined && to !== 'jitp' ? [t(`template.${to}`)] : []),
          ...(steps.length > 1 ? [t('follows.between')] : []),
        ];

  return (
    <ConfirmDialog
      title={t('title', { name })}
      isOpen={isOpen}
      onClose={onClose}
      consequences={[]}
      confirmLabel={t(`act.${to}`)}
      isDangerous={to === 'closed'}
      isBlocked={steps.length === 0}
      width="wide"
      {...((to !== 'jitp' && to !== now && registrationConfig !== undefined) || refusesDevices
        ? { nameToType: name }
        : {})}
      onConfirm={async () => {
        const result = await ca.switchRoad({ environment, caId, from, to, template });
        if (!result.ok) return result.failure;
        acted(t(`done.${to}`, { name }));
        return undefined;
      }}
    >
      <RadioCards
        label={t('label')}
        columns={3}
        value={to}
        onChange={setTo}
        options={CA_ROADS.map((road) => ({
          value: road,
          label: t(`road.${road}`),
          description: t(`help.${road}`),
          badge: road === now ? <Badge tone="info">{t('now')}</Badge> : undefined,
        }))}
      />
      {to === 'closed' && now === 'closed' ? (
        <p className="text-sm text-ink-muted">{t(status === 'INACTIVE' ? 'closedInactive' : 'closedOff')}</p>
      ) : null}
      {needsTemplate ? (
        <TemplateDraftForm
          ca={ca}
          draft={draft}
          read={read}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
      ) : null}
      {to === 'closed' ? null : (
        <RoadListeners environment={environment} caId={caId} to={to} listListeners={ca.listListeners} />
      )}
      <Follows sentences={consequences} />
      {isClosing ? <BlastRadius impact={ca.impact} /> : null}
      <StepsOf steps={steps} ca={ca} />
    </ConfirmDialog>
  );
}

/** Below the choice that it follows from. */
function Follows({ sentences }: { sentences: readonly string[] }) {
  const t = useTranslations('ui.confirm');
  if (sentences.length === 0) return null;
  return (
    <div>
      <p className="font-medium">{t('consequences')}</p>
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function StepsOf({
  steps,
  ca,
}: {
  steps: readonly RoadStep[];
  ca: Pick<CaDialogProps, 'caId' | 'cliTarget'>;
}) {
  const t = useTranslations('road.step');
  const format = useFormatter();
  if (steps.length === 0) return null;
  const labelOf = ({ status, autoRegistration, registrationConfig }: RoadStep) =>
    format.list([
      ...(status === 'ACTIVE' ? [t('activate')] : []),
      ...(registrationConfig === 'remove' ? [t('detach')] : []),
      ...(registrationConfig !== undefined && registrationConfig !== 'remove' ? [t('attach')] : []),
      ...(autoRegistration === undefined ? [] : [t(autoRegistration ? 'on' : 'off')]),
    ]);
  return (
    <>
      <PlanStepList labels={steps.map(labelOf)} stateOf={() => 'waiting'} />
      <CliDisclosure
        commands={steps.map((step) =>
          cliFor({ kind: 'update-ca-certificate', caId: ca.caId, ...step }, ca.cliTarget),
        )}
      />
    </>
  );
}
