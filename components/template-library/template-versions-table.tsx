'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import type { ProvisioningTemplateDetail, TemplateVersionText } from '@/lib/registry/provisioning-template';
import { SaveTemplateDialog } from './save-template-dialog';
import type { TemplateChanges, TemplatePlace, TemplateSaving } from './template-ports';
import { templateHref } from './templates-query';
import { DefaultVersionDialog, DeleteVersionDialog } from './version-dialogs';

export type TemplateVersionsTableProps = {
  saving: TemplatePlace & TemplateSaving;
  setDefaultVersion: TemplateChanges['setDefaultVersion'];
  template: ProvisioningTemplateDetail;
  versions: readonly TemplateVersionText[];
  shownVersionId: number;
  mayUpdate: boolean;
  mayDelete: boolean;
};

/** What is open, and for which version. */
type Opened = { act: 'default' | 'copy' | 'delete'; version: TemplateVersionText };

/** The versions, newest first, with what can be done with each. */
export function TemplateVersionsTable(props: TemplateVersionsTableProps) {
  const { saving, template, versions, shownVersionId, mayUpdate, mayDelete } = props;
  const t = useTranslations('templates');
  const [opened, setOpened] = useState<Opened | undefined>(undefined);
  const close = () => setOpened(undefined);
  const openFor = (version: TemplateVersionText) => (id: string) => {
    const act = ENTRIES.find((entry) => entry === id);
    if (act !== undefined) setOpened({ act, version });
  };
  const isJitp = template.type === 'JITP';

  function entriesOf({ isDefault, body }: TemplateVersionText): MenuEntry[] {
    return [
      ...(mayUpdate && !isDefault ? [{ id: 'default', label: t('default.act') }] : []),
      ...(mayUpdate && body.ok
        ? [{ id: 'copy', label: t(isJitp ? 'versions.copy' : 'versions.copyAsJitp') }]
        : []),
      ...(mayDelete && !isDefault
        ? [{ id: 'delete', label: t('deleteVersion.act'), isDangerous: true }]
        : []),
    ];
  }

  return (
    <>
      <ResourceTable
        label={t('versions.title')}
        rows={versions}
        rowKey={({ versionId }) => String(versionId)}
        empty={null}
        columns={[
          {
            id: 'version',
            header: t('versions.column'),
            isRowHeader: true,
            cell: ({ versionId, isDefault }) => (
              <span className="inline-flex flex-wrap items-center gap-2">
                <Link
                  href={templateHref(saving.environment, template.name, versionId)}
                  aria-current={versionId === shownVersionId ? 'true' : undefined}
                  className="link tabular-nums"
                >
                  {t('versions.name', { version: versionId })}
                </Link>
                {isDefault ? <Badge tone="positive">{t('versions.inForce')}</Badge> : null}
                {versionId === shownVersionId ? <Badge>{t('versions.shown')}</Badge> : null}
              </span>
            ),
          },
          {
            id: 'created',
            header: t('column.created'),
            cell: ({ createdAt }) =>
              createdAt === undefined ? '–' : <TimeAgo at={createdAt.toISOString()} />,
          },
          ...(mayUpdate || mayDelete
            ? [
                {
                  id: 'acts',
                  header: t('versions.acts'),
                  align: 'end' as const,
                  cell: (version: TemplateVersionText) => {
                    const entries = entriesOf(version);
                    return entries.length === 0 ? null : (
                      <Menu
                        label={t('versions.acts')}
                        accessibleLabel={t('versions.actsOf', { version: version.versionId })}
                        entries={entries}
                        onAction={openFor(version)}
                      />
                    );
                  },
                },
              ]
            : []),
        ]}
      />
      {opened?.act === 'default' ? (
        <DefaultVersionDialog {...props} version={opened.version} onClose={close} />
      ) : null}
      {opened?.act === 'delete' ? (
        <DeleteVersionDialog {...props} version={opened.version} onClose={close} />
      ) : null}
      {opened?.act === 'copy' && opened.version.body.ok ? (
        <SaveTemplateDialog
          {...saving}
          draft={{
            templateBody: opened.version.body.value,
            roleArn: template.roleArn,
            // A template of another type never becomes one of JITP: its text gets a template of its own.
            templateName: isJitp ? template.name : undefined,
            description: template.description,
          }}
          isOpen
          onClose={close}
        />
      ) : null}
    </>
  );
}

const ENTRIES = ['default', 'copy', 'delete'] as const;
