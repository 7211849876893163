'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { type DevicesQuery, EXPORT_FORMATS, exportHref } from '@/components/device/devices-query';
import { buttonStyle } from '@/components/ui/button-style';

type ExportLinksProps = { environment: string; query: DevicesQuery };

/** All devices that the filter selects, as files. Plain links: what is fetched ahead would be given out, and noted, for nobody. */
export function ExportLinks({ environment, query }: ExportLinksProps) {
  const t = useTranslations('ledger');
  return (
    <ul aria-label={t('export.label')} className="flex gap-1">
      {EXPORT_FORMATS.map((format) => (
        <li key={format}>
          <a href={exportHref(environment, query, format)} download className={buttonStyle('quiet')}>
            <Download aria-hidden />
            {t(`export.${format}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}
