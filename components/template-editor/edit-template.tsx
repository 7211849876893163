'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TemplateDryRun, type TemplateVersion } from '@/components/dry-run/template-dry-run';
import { PlanDialog } from '@/components/registry/plan-dialog';
import type { RegistryAction } from '@/components/registry/registry-action';
import { useActed } from '@/components/registry/use-acted';
import { SaveTemplateDialog } from '@/components/template-library/save-template-dialog';
import type { TemplateSaving } from '@/components/template-library/template-ports';
import { Button } from '@/components/ui/button';
import { compactJson } from '@/lib/policy/json-layout';
import { TEMPLATE_BODY_CHARACTERS_MAX } from '@/lib/provisioning/template';
import type { RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { EditedDocument } from './edited-document';
import { TemplateEditor, type TemplateEditorProps } from './template-editor';

type AttachToCa = RegistryAction<{
  caId: string;
  from?: RegistrationConfig | undefined;
  registrationConfig: RegistrationConfig;
}>;

type EditTemplateProps = Omit<TemplateEditorProps, 'actions' | 'below'> & {
  /** Undefined for who may not save. */
  saving?: TemplateSaving | undefined;
  attachToCa?: AttachToCa | undefined;
  /** What the CA has now; undefined for none. */
  caConfig?: RegistrationConfig | undefined;
};

/** The editor with what surrounds it on its page: saving, attaching, and the dry run. */
export function EditTemplate({ saving, attachToCa, caConfig, ...editor }: EditTemplateProps) {
  const t = useTranslations('editor');
  const { place, subject, opening } = editor;
  return (
    <TemplateEditor
      {...editor}
      actions={(document) => (
        <>
          {saving === undefined ? null : <Save {...editor} document={document} saving={saving} />}
          {subject.kind !== 'ca' || attachToCa === undefined ? null : (
            <Attach
              {...editor}
              caId={subject.caId}
              from={caConfig}
              document={document}
              attachToCa={attachToCa}
            />
          )}
        </>
      )}
      below={({ body, isChanged }) => {
        const draft: TemplateVersion = { id: 'draft', label: t('save.draft'), template: body };
        const opened: TemplateVersion = { id: 'opened', label: t('save.opened'), template: opening.body };
        return (
          <TemplateDryRun
            environment={place.environmentId}
            place={{ accountId: place.accountId, region: place.region }}
            versions={subject.kind === 'new' || !isChanged ? [draft] : [draft, opened]}
          />
        );
      }}
    />
  );
}

/** As it stands; without its white space where AWS would not take it otherwise. */
const bodyToSend = (body: string) => (body.length > TEMPLATE_BODY_CHARACTERS_MAX ? compactJson(body) : body);

type SaveProps = Pick<EditTemplateProps, 'place' | 'subject'> & {
  document: EditedDocument;
  saving: TemplateSaving;
};

function Save({ place, subject, document, saving }: SaveProps) {
  const t = useTranslations('editor.save');
  const [isOpen, setOpen] = useState(false);
  const { environmentId, accountId, cliTarget } = place;
  const of = subject.kind === 'template' ? subject : undefined;
  return (
    <>
      <Button
        variant={subject.kind === 'ca' ? 'secondary' : 'primary'}
        onPress={() => setOpen(true)}
        isDisabled={document.isBroken || document.template === undefined}
      >
        {t(subject.kind === 'ca' ? 'asTemplate' : 'save')}
      </Button>
      <SaveTemplateDialog
        {...saving}
        environment={environmentId}
        accountId={accountId}
        cliTarget={cliTarget}
        draft={{
          templateBody: bodyToSend(document.body),
          roleArn: document.roleArn,
          templateName: of?.templateName,
          description: of?.description,
        }}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

type AttachProps = Pick<EditTemplateProps, 'place'> & {
  caId: string;
  from: RegistrationConfig | undefined;
  document: EditedDocument;
  attachToCa: AttachToCa;
};

function Attach({ place, caId, from, document, attachToCa }: AttachProps) {
  const t = useTranslations('editor.save');
  const acted = useActed();
  const [isOpen, setOpen] = useState(false);
  const { body, roleArn, isBroken, template } = document;
  const registrationConfig = { kind: 'inline', templateBody: bodyToSend(body), roleArn } as const;
  return (
    <>
      <Button
        variant="primary"
        onPress={() => setOpen(true)}
        isDisabled={isBroken || template === undefined || roleArn === ''}
      >
        {t('attach')}
      </Button>
      <PlanDialog
        title={t('attachTitle')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onDone={() => acted(t('attached'))}
        steps={[
          {
            label: t('attachTitle'),
            change: { kind: 'update-ca-certificate', caId, autoRegistration: true, registrationConfig },
            run: () => attachToCa({ environment: place.environmentId, caId, from, registrationConfig }),
          },
        ]}
        consequences={[t('attachReplaces'), t('attachEnables')]}
        confirmLabel={t('attach')}
        isDangerous={false}
        cliTarget={place.cliTarget}
      />
    </>
  );
}
