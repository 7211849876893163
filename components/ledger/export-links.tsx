'use client';

import { Download } from 'lucide-react';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { type DevicesQuery, EXPORT_FORMATS, exportHref } from '@/components/device/devices-query';
import { buttonStyle } from '@/components/ui/button-style';

type ExportLinksProps = { environment: string; query: DevicesQuery };

/** All devices that the filter selects, as files. Plain links: what is fetched ahead would be given out, and noted, for nobody. */
export function ExportLinks({ environment, query }: ExportLinksProps) {
  const t = useTranslations('ledger');
  const labelId = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-1">
      <span id={labelId} className="text-xs text-ink-muted">
        {t('export.label')}
      </span>
      <ul aria-labelledby={labelId} className="flex">
        {EXPORT_FORMATS.map((format) => (
          <li key={format}>
            <a href={exportHref(environment, query, format)} download className={buttonStyle('quiet')}>
              <Download aria-hidden />
              {t(`export.${format}`)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
