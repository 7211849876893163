'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useDuration } from '@/components/ui/use-duration';
import { type Act, CALLS_PER_ACT } from '@/lib/registry/act';
import type { Approval } from '@/lib/registry/approval';
import type { CliTarget } from '@/lib/registry/aws-command';
import type { ActRequest } from './acts-context';
import { ApprovalForm } from './approval-form';
import { PlannedSteps } from './planned-steps';
import { useActPlan } from './use-act-plan';

type ActDialogProps = {
  environment: string;
  cliTarget: CliTarget;
  callsPerSecond: number;
  may: Readonly<Record<Act, boolean>>;
  mayCreatePolicy: boolean;
  request: ActRequest;
  /** Another run is active: this one has to wait for its end. */
  isBusy: boolean;
  /** The milder act was chosen instead, or another approval. */
  onChange: (request: ActRequest) => void;
  onClose: () => void;
  onConfirm: (request: ActRequest) => void;
};

/** A run this short needs no estimate. */
const ESTIMATE_MS_MIN = 5000;

/** Shows what is done, to how many, what follows from it and what would be milder; asks for what cannot be taken back to be typed. */
export function ActDialog(props: ActDialogProps) {
  const { environment, cliTarget, callsPerSecond, request, isBusy, onClose, onConfirm } = props;
  const { act, subjects, approval } = request;
  const t = useTranslations('acts');
  const durationOf = useDuration();
  const plan = useActPlan(environment, request);
  const count = subjects.length;
  const [first] = subjects;
  const name = first?.name ?? first?.id.slice(0, 8) ?? '';
  const calls = count * CALLS_PER_ACT[act];
  const leastMs = (calls / callsPerSecond) * 1000;
  const isTyped = act === 'deactivate' || act === 'approve' ? count > 1 : act !== 'activate';
  return (
    <ConfirmDialog
      title={t(`title.${act}`, { count, name })}
      isOpen
      onClose={onClose}
      consequences={FOLLOWS[act].map((key) => t(`follows.${key}`, { count }))}
      milder={MILDEST.has(act) ? undefined : <Milder {...props} />}
      {...(isTyped ? { nameToType: count === 1 ? name : String(count) } : {})}
      confirmLabel={t(`act.${act}`)}
      isDangerous={act !== 'activate' && act !== 'approve'}
      width={act === 'approve' ? 'wide' : undefined}
      isBlocked={isBusy || plan === undefined || (act === 'approve' && approval === undefined)}
      onConfirm={async () => {
        onConfirm(request);
        return undefined;
      }}
    >
      {act === 'approve' ? (
        <ApprovalForm
          environment={environment}
          mayCreatePolicy={props.mayCreatePolicy}
          value={approval}
          onChange={(chosen: Approval | undefined) => props.onChange({ ...request, approval: chosen })}
        />
      ) : null}
      {isBusy ? <p className="text-warning">{t('busy')}</p> : null}
      {act === 'approve' && approval === undefined ? null : (
        <PlannedSteps request={request} plan={plan} cliTarget={cliTarget} />
      )}
      {leastMs < ESTIMATE_MS_MIN ? null : (
        <p className="text-ink-muted">
          {t('estimate', { calls, rate: callsPerSecond, time: durationOf(leastMs) })}
        </p>
      )}
    </ConfirmDialog>
  );
}

const MILDEST: ReadonlySet<Act> = new Set(['activate', 'deactivate', 'approve']);

/** What would do as well and can be taken back. */
function Milder({ may, request, onChange }: Pick<ActDialogProps, 'may' | 'request' | 'onChange'>) {
  const t = useTranslations('acts');
  const { act, subjects } = request;
  if (act === 'delete-thing') return t('milder.deleteThing');
  const isAllOut = subjects.every(({ status }) => status !== undefined && status !== 'ACTIVE');
  // A pending device is out, and yet not kept out: its rule may let it in at any moment.
  if ((isAllOut && act !== 'reject') || !may.deactivate) return t('milder.out', { count: subjects.length });
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span className="min-w-0 flex-1">{t(act === 'reject' ? 'milder.reject' : 'milder.deactivate')}</span>
      <Button onPress={() => onChange({ act: 'deactivate', subjects })}>{t('act.deactivate')}</Button>
    </div>
  );
}

const FOLLOWS = {
  activate: ['activate', 'activateUnattached'],
  deactivate: ['deactivate', 'deactivateKeeps'],
  approve: ['approve', 'approveOnce'],
  reject: ['reject', 'rejectForGood', 'rejectKeep'],
  revoke: ['revoke', 'revokeForGood'],
  'delete-certificate': ['deleteOut', 'deleteKeeps', 'deleteComesBack'],
  'delete-thing': ['thingKeeps', 'thingConnect', 'thingGone'],
} as const;
