import { Badge } from '@/components/ui/badge';
import { StatusBadge } from '@/components/ui/status-badge';
import type { TemplateType } from '@/lib/registry/provisioning-template';
import type { TemplatesTranslator } from './templates-translator';

type WordsProps = { t: TemplatesTranslator };

/** The plain word first, AWS's in brackets; fleet provisioning stands out, since no CA can use it. */
export function TemplateTypeBadge({ t, type }: WordsProps & { type: TemplateType }) {
  return type === 'JITP' ? <Badge>JITP</Badge> : <Badge tone="warning">{t('type.fleet')}</Badge>;
}

export function EnabledBadge({ t, isEnabled }: WordsProps & { isEnabled: boolean }) {
  return (
    <StatusBadge tone={isEnabled ? 'positive' : 'neutral'}>
      {t(isEnabled ? 'status.enabled' : 'status.disabled')}
    </StatusBadge>
  );
}
