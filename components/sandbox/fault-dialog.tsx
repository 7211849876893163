'use client';

import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FailureNotice } from '@/components/ui/failure-notice';
import { orNoAnswer } from '@/components/ui/no-answer';
import { NumberField } from '@/components/ui/number-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextField } from '@/components/ui/text-field';
import type { Failure } from '@/lib/failure';
import {
  FAULT_COUNT_MAX,
  FAULT_KINDS,
  type FaultOrder,
  LATENCY_MS_MAX,
} from '@/lib/registry/sandbox-activity';
import type { Result } from '@/lib/result';
import {
  EMPTY_FAULT,
  type FaultField,
  type FaultForm,
  SUGGESTED_OPERATIONS,
  toFaultOrder,
} from './fault-form';

type FaultDialogProps = {
  switchOn: (order: FaultOrder) => Promise<Result<unknown, Failure>>;
  onClose: () => void;
  onDone: () => void;
};

const MAXIMA: Record<FaultField, number> = {
  operation: 0,
  latency: LATENCY_MS_MAX,
  count: FAULT_COUNT_MAX,
  probability: 1,
};

/** The form that switches a fault on. */
export function FaultDialog({ switchOn, onClose, onDone }: FaultDialogProps) {
  const t = useTranslations('sandbox.faults');
  const formId = useId();
  const [form, setForm] = useState<FaultForm>(EMPTY_FAULT);
  const [faulty, setFaulty] = useState<readonly FaultField[]>([]);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const change = (changed: Partial<FaultForm>) => setForm((now) => ({ ...now, ...changed }));
  const errors = (field: FaultField) =>
    faulty.includes(field) ? [t(`form.${field}Invalid`, { maximum: MAXIMA[field] })] : [];

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    const order = toFaultOrder(form);
    setFaulty(order.ok ? [] : order.failure);
    if (!order.ok) return;
    setPending(true);
    try {
      const done = await orNoAnswer(switchOn(order.value));
      if (done.ok) onDone();
      else setFailure(done.failure);
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog
      title={t('switchOn')}
      isOpen
      onClose={onClose}
      isBusy={isPending}
      footer={
        <Button type="submit" form={formId} variant="primary" isPending={isPending}>
          {t('form.submit')}
        </Button>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        {failure === undefined ? null : <FailureNotice failure={failure} />}
        <TextField
          label={t('form.operation')}
          help={t('form.operationHelp')}
          value={form.operation}
          onChange={(operation) => change({ operation })}
          errors={errors('operation')}
          suggestions={SUGGESTED_OPERATIONS}
          autoComplete="off"
          isMonospace
          autoFocus
        />
        <RadioCards
          label={t('form.fault')}
          value={form.fault}
          onChange={(fault) => change({ fault })}
          columns={2}
          options={FAULT_KINDS.map((kind) => ({
            value: kind,
            label: t(`kind.${kind}.name`),
            description: t(`kind.${kind}.text`),
          }))}
        />
        {form.fault === 'latency' ? (
          <NumberField
            label={t('form.latency')}
            unit={t('form.ms')}
            value={form.latencyMs}
            onChange={(latencyMs) => change({ latencyMs })}
            step={100}
            errors={errors('latency')}
          />
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label={t('form.count')}
            constraint={t('form.countHelp')}
            isOptional
            value={form.count}
            onChange={(count) => change({ count })}
            errors={errors('count')}
          />
          <NumberField
            label={t('form.probability')}
            constraint={t('form.probabilityHelp')}
            isOptional
            formatOptions={{ style: 'percent' }}
            value={form.probability}
            onChange={(probability) => change({ probability })}
            errors={errors('probability')}
          />
        </div>
      </form>
    </Dialog>
  );
}
