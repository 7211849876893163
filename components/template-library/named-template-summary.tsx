import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { TimeAgo } from '@/components/ui/time-ago';
import type { ProvisioningTemplateDetail, TemplateUsers } from '@/lib/registry/provisioning-template';
import { EnabledBadge, TemplateTypeBadge } from './template-badges';
import type { TemplatesTranslator } from './templates-translator';
import { UserLinks } from './user-links';

type NamedTemplateSummaryProps = {
  t: TemplatesTranslator;
  environment: string;
  template: ProvisioningTemplateDetail;
  users: TemplateUsers | undefined;
};

/** A named template in a few facts: whether it acts, with which version and role, and for which CAs. */
export function NamedTemplateSummary({ t, environment, template, users }: NamedTemplateSummaryProps) {
  const moment = (at: Date | undefined) =>
    at === undefined ? '–' : <TimeAgo at={at.toISOString()} isAbsolute />;
  return (
    <Card title={t('summary')}>
      <KeyValue
        entries={[
          { label: t('column.status'), value: <EnabledBadge t={t} isEnabled={template.isEnabled} /> },
          { label: t('column.type'), value: <TemplateTypeBadge t={t} type={template.type} /> },
          { label: t('column.version'), value: template.defaultVersionId },
          { label: t('column.created'), value: moment(template.createdAt) },
          { label: t('column.modified'), value: moment(template.lastModifiedAt) },
          { label: t('column.description'), value: template.description || '–' },
          {
            label: t('column.users'),
            value: <UserLinks t={t} environment={environment} users={users} />,
            isWide: true,
          },
          {
            label: t('column.role'),
            value: <Id value={template.roleArn} label={t('column.role')} isWhole />,
            isWide: true,
          },
          {
            label: t('column.arn'),
            value: <Id value={template.arn} label={t('column.arn')} isWhole />,
            isWide: true,
          },
        ]}
      />
    </Card>
  );
}
