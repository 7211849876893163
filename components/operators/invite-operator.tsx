'use client';

import { UserPlus } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import { TextField } from '@/components/ui/text-field';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { LinkDialog } from './link-dialog';
import { RoleChoice, type RoleName } from './role-choice';
import { useFaultSentences } from './use-fault-sentences';

type InviteOperatorProps = {
  invite: (input: {
    name: string;
    email: string;
    role: RoleName;
  }) => Promise<Result<{ link: string }, Failure>>;
  linkHours: number;
};

/** The button that makes an operator, its form, and the link to hand over. */
export function InviteOperator({ invite, linkHours }: InviteOperatorProps) {
  const t = useTranslations('operators.invite');
  const [isOpen, setOpen] = useState(false);
  const [invited, setInvited] = useState<{ name: string; link: string } | undefined>(undefined);
  return (
    <>
      <Button variant="primary" icon={<UserPlus aria-hidden />} onPress={() => setOpen(true)}>
        {t('open')}
      </Button>
      {isOpen ? (
        <InviteDialog
          invite={invite}
          onClose={() => setOpen(false)}
          onInvited={(made) => {
            setOpen(false);
            setInvited(made);
          }}
        />
      ) : null}
      {invited === undefined ? null : (
        <LinkDialog {...invited} hours={linkHours} onClose={() => setInvited(undefined)} />
      )}
    </>
  );
}

type InviteDialogProps = {
  invite: InviteOperatorProps['invite'];
  onClose: () => void;
  onInvited: (made: { name: string; link: string }) => void;
};

function InviteDialog({ invite, onClose, onInvited }: InviteDialogProps) {
  const t = useTranslations('operators');
  const sentences = useFaultSentences();
  const formId = useId();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<RoleName>('engineer');
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const faults: Partial<Record<string, { code: string }[]>> =
    failure?.kind === 'invalid-input' ? failure.fields : {};

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    setPending(true);
    try {
      const made = await orNoAnswer(invite({ name, email, role }));
      if (made.ok) onInvited({ name, link: made.value.link });
      else setFailure(made.failure);
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog
      title={t('invite.title')}
      isOpen
      onClose={onClose}
      isBusy={isPending}
      footer={
        <Button type="submit" form={formId} variant="primary" isPending={isPending}>
          {t('invite.submit')}
        </Button>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        {failure === undefined || failure.kind === 'invalid-input' ? null : (
          <FailureNotice failure={failure} />
        )}
        <TextField
          label={t('name')}
          value={name}
          onChange={setName}
          errors={sentences(faults['name'])}
          autoComplete="off"
          autoFocus
        />
        <TextField
          label={t('email')}
          type="email"
          value={email}
          onChange={setEmail}
          errors={sentences(faults['email'])}
          autoComplete="off"
        />
        <RoleChoice value={role} onChange={setRole} />
      </form>
    </Dialog>
  );
}
