import { Suspense } from 'react';
import { RoleFacts } from '@/components/template/role-facts';
import { TemplateSummaryCard } from '@/components/template/template-summary-card';
import { CompareVersions } from '@/components/template-library/compare-versions';
import { TemplateVersionsTable } from '@/components/template-library/template-versions-table';
import type { TemplatesTranslator } from '@/components/template-library/templates-translator';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { FailureNotice } from '@/components/ui/failure-notice';
import { Id } from '@/components/ui/id';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { Tabs } from '@/components/ui/tabs';
import { checkProvisioningRole } from '@/lib/aws/check-provisioning-role';
import type { Environment } from '@/lib/config/environments';
import { actionsForTemplate } from '@/lib/provisioning/provisioning-role';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import type { TemplateVersionText, TemplateWithVersions } from '@/lib/registry/provisioning-template';
import { setDefaultVersion } from './actions';
import { savingProps } from './template-props';

type TemplateTabsProps = {
  t: TemplatesTranslator;
  environment: Environment;
  template: TemplateWithVersions;
  shownVersionId: number;
  tab: string | undefined;
  mayUpdate: boolean;
  mayDelete: boolean;
  maySeeRole: boolean;
};

/** The versions and what the shown one does, any two side by side, and the role. */
export function TemplateTabs(props: TemplateTabsProps) {
  const { t, environment, template, shownVersionId, tab, mayUpdate, mayDelete, maySeeRole } = props;
  const { detail, versions } = template;
  const shown = versions.find(({ versionId }) => versionId === shownVersionId);
  const parsed = parseTemplate(detail.templateBody);
  return (
    <Tabs
      label={t('tabs')}
      initialTab={tab}
      tabs={[
        {
          id: 'versions',
          label: t('tab.versions'),
          content: (
            <div className="flex flex-col gap-4">
              <Card
                title={t('versions.title')}
                aside={t('versions.count', { count: versions.length })}
                isFlush
              >
                <TemplateVersionsTable
                  saving={savingProps(environment)}
                  setDefaultVersion={setDefaultVersion}
                  template={detail}
                  versions={versions}
                  shownVersionId={shownVersionId}
                  mayUpdate={mayUpdate}
                  mayDelete={mayDelete}
                />
              </Card>
              {shown === undefined ? null : <ShownVersion t={t} version={shown} />}
            </div>
          ),
        },
        {
          id: 'compare',
          label: t('tab.compare'),
          content: <CompareVersions versions={versions} />,
        },
        {
          id: 'role',
          label: t('tab.role'),
          content: (
            <Card title={t('column.role')}>
              <div className="flex flex-col gap-3">
                <Id value={detail.roleArn} label={t('column.role')} isWhole />
                {maySeeRole ? (
                  <Suspense fallback={<Skeleton label={t('role.reading')} rows={4} className="p-0" />}>
                    <RoleSection
                      environment={environment}
                      roleArn={detail.roleArn}
                      template={parsed.ok ? parsed.value : undefined}
                    />
                  </Suspense>
                ) : null}
              </div>
            </Card>
          ),
        },
      ]}
    />
  );
}

function ShownVersion({ t, version }: { t: TemplatesTranslator; version: TemplateVersionText }) {
  const { body, versionId } = version;
  if (!body.ok) return <FailureNotice failure={body.failure} />;
  const parsed = parseTemplate(body.value);
  if (parsed.ok) return <TemplateSummaryCard template={parsed.value} templateBody={body.value} />;
  return (
    <Card title={t('versions.text', { version: versionId })}>
      <div className="flex flex-col gap-3">
        <Notice tone="warning" title={t('versions.unreadable')} />
        <CodeBlock label={t('versions.text', { version: versionId })} code={body.value} wraps />
      </div>
    </Card>
  );
}

type RoleSectionProps = { environment: Environment; roleArn: string; template: Template | undefined };

/** What was seen of the role; read apart, since IAM is slower than the page. */
async function RoleSection({ environment, roleArn, template }: RoleSectionProps) {
  const needed = template === undefined ? [] : actionsForTemplate(template);
  const facts = await checkProvisioningRole(environment, roleArn, needed);
  return facts.ok ? <RoleFacts facts={facts.value} /> : <FailureNotice failure={facts.failure} />;
}
