'use client';

import type { Route } from 'next';
import Form from 'next/form';
import { useTranslations } from 'use-intl';
import { buttonStyle } from '@/components/ui/button-style';
import { CONTROL } from '@/components/ui/field-style';
import { LinkButton } from '@/components/ui/link-button';
import type { ThingsQuery } from './things-query';

type ThingFilterFormProps = {
  action: Route;
  query: ThingsQuery;
};

/** What ListThings can narrow by, and nothing else: the type, and one attribute by its exact value. */
export function ThingFilterForm({ action, query }: ThingFilterFormProps) {
  const t = useTranslations('registry');
  const clearLabel = useTranslations('ui')('clearFilter');
  const isFiltered = [query.type, query.attribute, query.value].some((value) => value !== undefined);
  const isHalf = (query.attribute === undefined) !== (query.value === undefined);
  const fields = [
    { name: 'type', label: t('things.filterType'), value: query.type },
    { name: 'attribute', label: t('things.filterAttribute'), value: query.attribute },
    { name: 'value', label: t('things.filterValue'), value: query.value },
  ];
  return (
    <Form action={action} role="search" className="flex min-w-0 flex-wrap items-center gap-2">
      {fields.map(({ name, label, value }) => (
        <div key={`${name}=${value}`} className="w-40 max-sm:w-full">
          <input
            type="search"
            name={name}
            defaultValue={value}
            aria-label={label}
            placeholder={label}
            className={CONTROL}
          />
        </div>
      ))}
      <button type="submit" className={buttonStyle('secondary')}>
        {t('list.apply')}
      </button>
      {isFiltered ? (
        <LinkButton href={action} variant="quiet">
          {clearLabel}
        </LinkButton>
      ) : null}
      {isHalf ? (
        <p role="alert" className="w-full text-sm text-warning">
          {t('things.attributeHalf')}
        </p>
      ) : null}
    </Form>
  );
}
