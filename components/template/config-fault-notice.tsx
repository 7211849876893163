'use client';

import { useTranslations } from 'use-intl';
import { Notice } from '@/components/ui/notice';
import type { ConfigFault } from '@/lib/provisioning/registration-config';

/** Why a pasted text is neither a template nor a registration config, and where in it. */
export function ConfigFaultNotice({ fault: { code, json, path, params } }: { fault: ConfigFault }) {
  const t = useTranslations('template.fault');
  return (
    <Notice tone="danger" role="alert" title={t(`config.${code}`, params)}>
      {json === undefined ? null : (
        <p>
          {t(`json.${json.code}`, { found: json.found ?? '' })}{' '}
          {t('at', { line: json.at.line, column: json.at.column })}
        </p>
      )}
      {path === '$' ? null : <p className="font-mono text-xs">{path}</p>}
    </Notice>
  );
}
