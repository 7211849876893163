'use client';

import { Search } from 'lucide-react';
import Form from 'next/form';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/field-style';
import { LinkButton } from '@/components/ui/link-button';
import { sandboxHref } from './sandbox-query';

/** The filter as a GET form, which leads back to its tab. */
export function ClientsFilter({ environment, value }: { environment: string; value: string | undefined }) {
  const t = useTranslations('sandbox.clients');
  const ui = useTranslations('ui');
  return (
    <Form
      action={sandboxHref(environment, {})}
      role="search"
      className="flex min-w-0 flex-wrap items-center gap-2 max-xl:w-full xl:flex-1"
    >
      <input type="hidden" name="tab" value="clients" />
      <input
        key={`client=${value}`}
        type="search"
        name="client"
        defaultValue={value}
        aria-label={t('find')}
        placeholder={t('find')}
        className={`${CONTROL} min-w-48 flex-1 sm:max-w-80`}
      />
      <Button type="submit" icon={<Search aria-hidden />}>
        {ui('filter')}
      </Button>
      {value === undefined ? null : (
        <LinkButton href={sandboxHref(environment, { tab: 'clients' })} variant="quiet">
          {ui('clearFilter')}
        </LinkButton>
      )}
    </Form>
  );
}
