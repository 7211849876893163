'use client';

import Form from 'next/form';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { PlainSelect } from '@/components/ui/plain-select';
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
  const t = useTranslations('audit');
  const ui = useTranslations('ui');
  const isFiltered = fields.some(({ value }) => value !== undefined);
  return (
    <Form action={auditHref({})} role="search" className="flex min-w-0 flex-wrap items-end gap-3">
      {fields.map((field) => (
        <PlainSelect key={`${field.name}=${field.value}`} any={t('any')} {...field} />
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
