'use client';

import { Search } from 'lucide-react';
import type { Route } from 'next';
import Form from 'next/form';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import { CONTROL } from './field-style';
import { LinkButton } from './link-button';

type FilterFormProps = {
  /** The list's own path; the filter becomes its query. */
  action: Route;
  /** The parameter, e.g. `query`. */
  name: string;
  label: string;
  value: string | undefined;
  placeholder?: string;
  /** Other parameters to keep, such as the page size. */
  keep?: Readonly<Record<string, string>>;
};

/** A filter as a GET form: its state is the URL, and it works before any script has run. */
export function FilterForm({ action, name, label, value = '', placeholder, keep = {} }: FilterFormProps) {
  const t = useTranslations('ui');
  const inputId = useId();
  return (
    <Form action={action} role="search" className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      <label htmlFor={inputId} className="sr-only">
        {label}
      </label>
      <input
        id={inputId}
        key={value}
        type="search"
        name={name}
        defaultValue={value}
        placeholder={placeholder ?? label}
        className={`${CONTROL} max-w-72 min-w-32 flex-1`}
      />
      {Object.entries(keep).map(([parameter, kept]) => (
        <input key={parameter} type="hidden" name={parameter} value={kept} />
      ))}
      <Button type="submit" icon={<Search aria-hidden />}>
        {t('filter')}
      </Button>
      {value === '' ? null : (
        <LinkButton href={action} variant="quiet">
          {t('clearFilter')}
        </LinkButton>
      )}
    </Form>
  );
}
