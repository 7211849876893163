import { Notice } from '@/components/ui/notice';
import type { ProvisioningTemplateDetail, TemplateUsers } from '@/lib/registry/provisioning-template';
import type { TemplatesTranslator } from './templates-translator';

type TemplateNoticesProps = {
  t: TemplatesTranslator;
  template: ProvisioningTemplateDetail;
  users: TemplateUsers | undefined;
};

/** What keeps the template from provisioning anybody, and is easily overlooked. */
export function TemplateNotices({ t, template, users }: TemplateNoticesProps) {
  if (template.type !== 'JITP') {
    return (
      <Notice tone="warning" title={t('notice.fleetTitle')}>
        <p>{t('notice.fleetText')}</p>
      </Notice>
    );
  }
  const count = users?.caIds.length ?? 0;
  if (!template.isEnabled) {
    return (
      <Notice
        tone={count > 0 ? 'warning' : 'info'}
        title={count > 0 ? t('notice.disabledUsed', { count }) : t('notice.disabled')}
      />
    );
  }
  return users !== undefined && count === 0 ? <Notice tone="info" title={t('notice.unused')} /> : null;
}
