'use client';

import Form from 'next/form';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { auditHref } from './audit-query';

type Choice = { value: string; label: string };

type AuditFilterProps = {
  fields: ReadonlyArray<{
    name: 'environment' | 'actor' | 'action';
    label: string;
    value: string | undefined;
    choices: readonly Choice[];
  }>;
};

/** The filter as a GET form of plain selects: its state is the URL. */
export function AuditFilter({ fields }: AuditFilterProps) {
  const ui = useTranslations('ui');
  const isFiltered = fields.some(({ value }) => value !== undefined);
  return (
    <Form action={auditHref({})} role="search" className="flex min-w-0 flex-wrap items-end gap-3">
      {fields.map((field) => (
        <PlainSelect key={`${field.name}=${field.value}`} {...field} />
      ))}
      <Button type="submit">{ui('filter')}</Button>
      {isFiltered ? (
        <LinkButton href={auditHref({})} variant="quiet">
          {ui('clearFilter')}
        </LinkButton>
      ) : null}
    </Form>
  );
}

function PlainSelect({ name, label, value, choices }: AuditFilterProps['fields'][number]) {
  const t = useTranslations('audit');
  const id = useId();
  return (
    <div className="flex flex-col gap-0.5">
      <label htmlFor={id} className="text-xs text-ink-muted">
        {label}
      </label>
      <select
        id={id}
        name={name}
        defaultValue={value ?? ''}
        className="min-h-8 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink"
      >
        <option value="">{t('any')}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
