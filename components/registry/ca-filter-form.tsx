'use client';

import type { Route } from 'next';
import Form from 'next/form';
import { useTranslations } from 'use-intl';
import { buttonStyle } from '@/components/ui/button-style';
import { CONTROL } from '@/components/ui/field-style';
import { shortenMiddle } from '@/components/ui/shorten-middle';

type CaFilterFormProps = {
  action: Route;
  /** Ids to choose from; the chosen one is offered even when it is not among them. */
  caIds: readonly string[];
  chosen: string | undefined;
};

/** Narrows the list to the certificates of one CA, which is all that AWS offers. */
export function CaFilterForm({ action, caIds, chosen }: CaFilterFormProps) {
  const t = useTranslations('registry.certificates');
  const options = chosen === undefined || caIds.includes(chosen) ? caIds : [chosen, ...caIds];
  return (
    <Form action={action} role="search" className="flex min-w-0 flex-wrap items-center gap-2">
      <label className="flex items-center gap-2 text-sm">
        <span className="whitespace-nowrap text-ink-muted">{t('ofCa')}</span>
        <select name="ca" key={chosen} defaultValue={chosen ?? ''} className={`${CONTROL} max-w-56`}>
          <option value="">{t('anyCa')}</option>
          {options.map((caId) => (
            <option key={caId} value={caId}>
              {shortenMiddle(caId)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className={buttonStyle('secondary')}>
        {t('show')}
      </button>
    </Form>
  );
}
