'use client';

import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import { useActed } from '@/components/registry/use-acted';
import { diffTemplates } from '@/lib/provisioning/diff/diff-templates';
import type { TemplateVersionText } from '@/lib/registry/provisioning-template';
import { ChangeList } from './change-list';
import type { TemplateVersionsTableProps } from './template-versions-table';

type VersionDialogProps = TemplateVersionsTableProps & { version: TemplateVersionText; onClose: () => void };

/** Puts a version in force: an older one is how one rolls back. Shows what devices to come will get differently. */
export function DefaultVersionDialog(props: VersionDialogProps) {
  const { saving, template, version, onClose, setDefaultVersion } = props;
  const t = useTranslations('templates');
  const acted = useActed();
  const { environment, cliTarget } = saving;
  const { name: templateName, defaultVersionId, templateBody } = template;
  const { versionId, body } = version;
  const diff = body.ok ? diffTemplates(templateBody, body.value) : undefined;
  const changes = diff?.ok === true ? diff.value.changes : undefined;
  return (
    <PlanDialog
      title={t('default.title', { name: templateName, version: versionId })}
      isOpen
      onClose={onClose}
      onDone={() => acted(t('default.done', { name: templateName, version: versionId }))}
      steps={[
        {
          label: t('default.act'),
          change: { kind: 'update-provisioning-template', templateName, defaultVersionId: versionId },
          run: () => setDefaultVersion({ environment, templateName, versionId, defaultVersionId }),
        },
      ]}
      consequences={[
        t('default.newDevices', { version: versionId, before: defaultVersionId }),
        t('devicesKeep'),
        ...(changes === undefined ? [t('default.unreadable')] : []),
        ...(changes?.length === 0 ? [t('diff.sameDevice')] : []),
      ]}
      confirmLabel={t('default.act')}
      isDangerous={false}
      cliTarget={cliTarget}
    >
      {changes === undefined || changes.length === 0 ? null : <ChangeList changes={changes} />}
    </PlanDialog>
  );
}

/** Deletes a version that is not in force. */
export function DeleteVersionDialog(props: VersionDialogProps) {
  const { saving, template, version, onClose } = props;
  const t = useTranslations('templates');
  const acted = useActed();
  const { environment, cliTarget, deleteTemplateVersion } = saving;
  const { name: templateName } = template;
  const { versionId } = version;
  return (
    <PlanDialog
      title={t('deleteVersion.title', { name: templateName, version: versionId })}
      isOpen
      onClose={onClose}
      onDone={() => acted(t('deleteVersion.done', { name: templateName, version: versionId }))}
      steps={[
        {
          label: t('deleteVersion.act'),
          change: { kind: 'delete-provisioning-template-version', templateName, versionId },
          run: () => deleteTemplateVersion({ environment, templateName, versionId }),
        },
      ]}
      consequences={[t('deleteVersion.unused'), t('deleteVersion.gone')]}
      nameToType={templateName}
      confirmLabel={t('deleteVersion.act')}
      cliTarget={cliTarget}
    />
  );
}
