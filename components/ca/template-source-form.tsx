'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { CONFIG_CHARACTERS_MAX, type ConfigFault } from '@/lib/provisioning/registration-config';
import { LAB_ONLY_STARTERS, STARTER_KINDS } from '@/lib/provisioning/starters';
import { isPolicyName } from '@/lib/registry/iot-policy';
import type { ReadDraft, TemplateDraft } from './template-draft';

type TemplateSourceFormProps = {
  draft: TemplateDraft;
  read: ReadDraft;
  onChange: (change: Partial<TemplateDraft>) => void;
};

/** Where the template comes from: a starter, or the person's own in whatever form it is. */
export function TemplateSourceForm({ draft, read, onChange }: TemplateSourceFormProps) {
  const t = useTranslations('wizard.template');
  return (
    <>
      <RadioCards
        label={t('choice')}
        columns={2}
        value={draft.source}
        onChange={(source) => onChange({ source })}
        options={[
          { value: 'starter', label: t('starter'), description: t('starterHelp') },
          { value: 'own', label: t('own'), description: t('ownHelp') },
        ]}
      />
      {draft.source === 'starter' ? (
        <Starters draft={draft} onChange={onChange} />
      ) : (
        <OwnText draft={draft} read={read} onChange={onChange} />
      )}
    </>
  );
}

function Starters({ draft, onChange }: Omit<TemplateSourceFormProps, 'read'>) {
  const t = useTranslations('wizard.template');
  const ca = useTranslations('ca.attach');
  const { policyName } = draft;
  return (
    <>
      <RadioCards
        label={t('starters')}
        value={draft.starter}
        onChange={(starter) => onChange({ starter })}
        options={STARTER_KINDS.map((kind) => ({
          value: kind,
          label: t(`starterName.${kind}`),
          description: t(`starterWhat.${kind}`),
          badge: LAB_ONLY_STARTERS.includes(kind) ? (
            <Badge tone="warning">{t('labOnly')}</Badge>
          ) : kind === 'scoped' ? (
            <Badge tone="positive">{t('recommended')}</Badge>
          ) : undefined,
        }))}
      />
      {draft.starter === 'predefined-policy' ? (
        <TextField
          label={ca('policyName')}
          help={ca('policyHelp')}
          isMonospace
          value={policyName}
          onChange={(name) => onChange({ policyName: name.trim() })}
          errors={policyName === '' || isPolicyName(policyName) ? [] : [ca('policyRule')]}
          autoComplete="off"
        />
      ) : null}
    </>
  );
}

function OwnText({ draft, read, onChange }: TemplateSourceFormProps) {
  const t = useTranslations('wizard.template');
  const { fault, understood, config } = read;
  return (
    <>
      <FileDrop
        label={t('drop')}
        bytesMax={CONFIG_CHARACTERS_MAX}
        extensions={['.json', '.txt']}
        onContents={([content]) => {
          if (content !== undefined) onChange({ text: new TextDecoder().decode(content.bytes) });
        }}
      />
      <TextArea
        label={t('text')}
        help={t('textHelp')}
        isCode
        rows={9}
        value={draft.text}
        onChange={(text) => onChange({ text })}
      />
      {fault === undefined ? null : <ConfigFaultNotice fault={fault} />}
      {understood === undefined ? null : (
        <p role="status" className="flex flex-wrap items-center gap-2">
          {t('understood', { form: t(`form.${understood.form}`) })}
          {understood.notes.map((note) => (
            <Badge key={note}>{t(`note.${note}`)}</Badge>
          ))}
        </p>
      )}
      {config?.kind === 'named' ? (
        <Notice tone="info" title={t('named', { name: config.templateName })}>
          <p>{t('namedHelp')}</p>
        </Notice>
      ) : null}
    </>
  );
}

function ConfigFaultNotice({ fault: { code, json, path, params } }: { fault: ConfigFault }) {
  const t = useTranslations('wizard.template');
  return (
    <Notice tone="danger" role="alert" title={t(`configFault.${code}`, params)}>
      {json === undefined ? null : (
        <p>
          {t(`jsonFault.${json.code}`, { found: json.found ?? '' })}{' '}
          {t('at', { line: json.at.line, column: json.at.column })}
        </p>
      )}
      {path === '$' ? null : <p className="font-mono text-xs">{path}</p>}
    </Notice>
  );
}
