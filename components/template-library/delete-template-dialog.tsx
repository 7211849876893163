'use client';

import { useTranslations } from 'use-intl';
import { PlanDialog } from '@/components/registry/plan-dialog';
import type { PlanStep } from '@/components/registry/plan-step';
import { useActed } from '@/components/registry/use-acted';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { TemplateActionsProps } from './template-actions';
import { templatesHref } from './templates-query';
import { UserLinks } from './user-links';

type DeleteTemplateDialogProps = TemplateActionsProps & { isOpen: boolean; onClose: () => void };

/**
 * Deletes a template. AWS refuses while a CA names it or a version besides the one in force is left: each CA gets the text in place
 * of the name first, so that none is without a template, then the versions go.
 */
export function DeleteTemplateDialog(props: DeleteTemplateDialogProps) {
  const { isOpen, onClose, environment, cliTarget, template, users } = props;
  const t = useTranslations('templates');
  const acted = useActed();
  const { name, isEnabled, type } = template;
  const count = users?.caIds.length ?? 0;
  // A text on a CA always acts: what is switched off, or never could act, must not begin to by being deleted.
  const isBlocked = count > 0 && (!isEnabled || type !== 'JITP' || users?.isPartial === true);
  if (isBlocked) return <BlockedDialog {...props} />;
  return (
    <PlanDialog
      title={t('delete.title', { name })}
      isOpen={isOpen}
      onClose={onClose}
      onDone={() => acted(t('delete.done', { name }), templatesHref(environment, {}))}
      steps={deletionSteps(props, t)}
      consequences={[
        users === undefined ? t('users.unknown') : t('users.count', { count }),
        ...(count === 0 ? [] : [t('delete.casKeep')]),
        t('delete.gone', { count: props.versionIds.length }),
        t('devicesKeep'),
      ]}
      {...(isEnabled ? { milder: t('delete.milder') } : {})}
      nameToType={name}
      confirmLabel={t('delete.act')}
      cliTarget={cliTarget}
    />
  );
}

function deletionSteps(
  props: DeleteTemplateDialogProps,
  t: ReturnType<typeof useTranslations<'templates'>>,
): PlanStep[] {
  const { environment, template, users, versionIds } = props;
  const { name: templateName, templateBody, roleArn, defaultVersionId } = template;
  const from: RegistrationConfig = { kind: 'named', templateName };
  const to: RegistrationConfig = { kind: 'inline', templateBody, roleArn };
  return [
    ...(users?.caIds ?? []).map((caId) => ({
      label: t('delete.stepCa', { ca: shortenMiddle(caId) }),
      change: { kind: 'update-ca-certificate', caId, registrationConfig: to } as const,
      run: () => props.switchCaTemplate({ environment, caId, from, to }),
    })),
    ...versionIds
      .filter((versionId) => versionId !== defaultVersionId)
      .map((versionId) => ({
        label: t('delete.stepVersion', { version: versionId }),
        change: { kind: 'delete-provisioning-template-version', templateName, versionId } as const,
        run: () => props.deleteTemplateVersion({ environment, templateName, versionId }),
      })),
    {
      label: t('delete.step'),
      change: { kind: 'delete-provisioning-template', templateName },
      run: () => props.deleteTemplate({ environment, templateName }),
    },
  ];
}

/** CAs name a template that is off: whether their devices are to be provisioned is for a person to say, CA by CA. */
function BlockedDialog({ isOpen, onClose, environment, template, users }: DeleteTemplateDialogProps) {
  const t = useTranslations('templates');
  const ui = useTranslations('ui');
  return (
    <Dialog
      title={t('delete.title', { name: template.name })}
      isOpen={isOpen}
      onClose={onClose}
      footer={<Button onPress={onClose}>{ui('close')}</Button>}
    >
      <Notice
        tone="warning"
        title={t(users?.isPartial === true ? 'delete.tooManyCas' : 'delete.blockedTitle', {
          count: users?.caIds.length ?? 0,
        })}
      >
        <p>{t('delete.blockedText')}</p>
      </Notice>
      <UserLinks t={t} environment={environment} users={users} />
    </Dialog>
  );
}
