'use client';

import type { Route } from 'next';
import Form from 'next/form';
import { useTranslations } from 'use-intl';
import { buttonStyle } from '@/components/ui/button-style';
import { CONTROL } from '@/components/ui/field-style';
import { STUCK_MINUTES_MAX } from '@/lib/registry/stuck';
import type { StuckPageQuery } from './stuck-query';

/** How long, and which statuses: a GET form, so that its state is the URL. */
export function StuckFilterForm({ action, query }: { action: Route; query: StuckPageQuery }) {
  const t = useTranslations('stuck.filter');
  return (
    <Form
      action={action}
      role="search"
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 text-sm"
    >
      <label className="flex items-center gap-2">
        <span className="text-ink-muted">{t('minutes')}</span>
        <input
          type="number"
          name="minutes"
          key={query.minutes}
          defaultValue={query.minutes}
          min={0}
          max={STUCK_MINUTES_MAX}
          className={`${CONTROL} w-24`}
        />
      </label>
      <label className="flex items-center gap-2">
        <span className="text-ink-muted">{t('status')}</span>
        <select name="status" key={query.status} defaultValue={query.status} className={CONTROL}>
          <option value="pending">{t('pending')}</option>
          <option value="all">{t('all')}</option>
        </select>
      </label>
      {query.ca === undefined ? null : <input type="hidden" name="ca" value={query.ca} />}
      <button type="submit" className={buttonStyle('secondary')}>
        {t('show')}
      </button>
    </Form>
  );
}
