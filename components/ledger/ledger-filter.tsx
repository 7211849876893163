'use client';

import { Search } from 'lucide-react';
import Form from 'next/form';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import {
  DELIVERIES,
  type DevicesQuery,
  devicesHref,
  isFiltered,
  SEEN_STATES,
} from '@/components/device/devices-query';
import { Button } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/field-style';
import { LinkButton } from '@/components/ui/link-button';
import { PlainSelect } from '@/components/ui/plain-select';
import { EXPIRY_KEYS } from '@/lib/registry/expiry-periods';

type LedgerFilterProps = { environment: string; query: DevicesQuery };

/** What the list of issued devices is narrowed by, as a GET form: its state is the URL. */
export function LedgerFilter({ environment, query }: LedgerFilterProps) {
  const t = useTranslations('ledger');
  const hierarchy = useTranslations('hierarchy');
  const status = useTranslations('status');
  const bucket = useTranslations('ledger-work.expiry.bucket');
  const ui = useTranslations('ui');
  const stateLabel = (state: (typeof SEEN_STATES)[number]) => {
    if (state === 'never') return status('contact.awaiting');
    return state === 'DELETED' ? t('filter.deleted') : status(`certificate.${state}`);
  };
  return (
    <Form
      // A link that changes the filter is to change what the form shows.
      key={JSON.stringify(query)}
      action={devicesHref(environment, {})}
      role="search"
      className="flex min-w-0 flex-wrap items-end gap-x-3 gap-y-2 border-b border-line px-4 py-3"
    >
      <TextInput name="query" label={t('filter.text')} value={query.query} type="search" />
      <PlainSelect
        name="state"
        label={t('filter.state')}
        any={t('filter.any')}
        value={query.state}
        choices={SEEN_STATES.map((value) => ({ value, label: stateLabel(value) }))}
      />
      <PlainSelect
        name="delivery"
        label={t('filter.delivery')}
        any={t('filter.any')}
        value={query.delivery}
        choices={DELIVERIES.map((value) => ({ value, label: status(`delivery.${value}`) }))}
      />
      <PlainSelect
        name="expires"
        label={t('filter.expires')}
        any={t('filter.any')}
        value={query.expires}
        choices={EXPIRY_KEYS.map((value) => ({ value, label: bucket(value) }))}
      />
      <div className="flex gap-2">
        <TextInput name="from" label={t('filter.from')} value={query.from} type="date" />
        <TextInput name="until" label={t('filter.until')} value={query.until} type="date" />
      </div>
      {query.batch === undefined ? null : (
        <TextInput name="batch" label={t('filter.batch')} value={query.batch} type="text" />
      )}
      {query.ca === undefined ? null : (
        <TextInput name="ca" label={hierarchy('filterCa')} value={query.ca} type="text" />
      )}
      {query.ca === undefined ? null : (
        <TextInput name="ca" label={t('filter.ca')} value={query.ca} type="text" />
      )}
      <input type="hidden" name="size" value={query.size} />
      <Button type="submit" icon={<Search aria-hidden />}>
        {t('filter.search')}
      </Button>
      {isFiltered(query) ? (
        <LinkButton href={devicesHref(environment, { size: query.size })} variant="quiet">
          {ui('clearFilter')}
        </LinkButton>
      ) : null}
    </Form>
  );
}

type TextInputProps = {
  name: string;
  label: string;
  value: string | undefined;
  type: 'search' | 'text' | 'date';
};

function TextInput({ name, label, value = '', type }: TextInputProps) {
  const id = useId();
  return (
    <div className={type === 'search' ? 'flex min-w-56 flex-1 flex-col gap-0.5' : 'flex flex-col gap-0.5'}>
      <label htmlFor={id} className="text-xs text-ink-muted">
        {label}
      </label>
      <input id={id} type={type} name={name} defaultValue={value} className={CONTROL} />
    </div>
  );
}
