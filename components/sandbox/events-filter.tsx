'use client';

import { Search } from 'lucide-react';
import Form from 'next/form';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { CONTROL } from '@/components/ui/field-style';
import { LinkButton } from '@/components/ui/link-button';
import { isEventKind, KINDS_BY_GROUP } from './event-kinds';
import { type SandboxQuery, sandboxHref } from './sandbox-query';

type EventsFilterProps = {
  environment: string;
  query: Pick<SandboxQuery, 'find' | 'kind'>;
  /** Of the events on the page: reasons of a newer sandbox can be chosen too. */
  codes: readonly string[];
};

/** The filter as a GET form: its state is the URL, and it works before any script has run. */
export function EventsFilter({ environment, query: { find, kind }, codes }: EventsFilterProps) {
  const t = useTranslations('sandbox');
  const ui = useTranslations('ui');
  const kindId = useId();
  const unknown = [...new Set([...codes, ...(kind === undefined ? [] : [kind])])].filter(
    (code) => !isEventKind(code),
  );
  const everything = sandboxHref(environment, {});
  return (
    <Form
      action={everything}
      role="search"
      className="flex min-w-0 flex-wrap items-center gap-2 max-xl:w-full xl:flex-1"
    >
      <input
        key={`find=${find}`}
        type="search"
        name="find"
        defaultValue={find}
        aria-label={t('events.find')}
        placeholder={t('events.find')}
        className={`${CONTROL} min-w-48 flex-1 sm:max-w-80`}
      />
      <label htmlFor={kindId} className="sr-only">
        {t('events.kind')}
      </label>
      <select
        key={`kind=${kind}`}
        id={kindId}
        name="kind"
        defaultValue={kind ?? ''}
        className={`${CONTROL} min-w-40 flex-1 sm:max-w-64`}
      >
        <option value="">{t('events.anyKind')}</option>
        {KINDS_BY_GROUP.map(({ group, kinds }) => (
          <optgroup key={group} label={t(`group.${group}`)}>
            {kinds.map((code) => (
              <option key={code} value={code}>
                {t(`kind.${code}`)}
              </option>
            ))}
          </optgroup>
        ))}
        {unknown.map((code) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </select>
      <Button type="submit" icon={<Search aria-hidden />}>
        {ui('filter')}
      </Button>
      {find === undefined && kind === undefined ? null : (
        <LinkButton href={everything} variant="quiet">
          {ui('clearFilter')}
        </LinkButton>
      )}
    </Form>
  );
}
