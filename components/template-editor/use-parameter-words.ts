'use client';

import { useTranslations } from 'use-intl';
import { parameterSource } from '@/lib/provisioning/certificate-parameters';

/** What JITP's parameters are in words: "Common name (CN)". A name that JITP does not fill stands for itself. */
export function useParameterWords(): (name: string) => string {
  const t = useTranslations('template.summary');
  return (name) => {
    const source = parameterSource(name);
    if (source === undefined) return name;
    return t(source.kind === 'subject' ? `source.${source.field}` : `source.${source.kind}`);
  };
}
