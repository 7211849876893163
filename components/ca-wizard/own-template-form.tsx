'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { TextArea } from '@/components/ui/text-area';
import { CONFIG_CHARACTERS_MAX, type ConfigFault } from '@/lib/provisioning/registration-config';
import type { Result } from '@/lib/result';
import { ACCOUNT_PLACEHOLDER, type ChosenTemplate } from './template-choice';
import { ARTICLE_REGION, filledIn, isOtherRegion } from './template-text';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';

/** A template or registration config of the person's own, in whichever form it is. */
export function OwnTemplateForm({ chosen }: { chosen: Result<ChosenTemplate, ConfigFault> }) {
  const t = useTranslations('wizard.template');
  const { draft, change, place } = useWizard();
  const errorsOf = useFieldErrors();
  const { ownText } = draft.template;
  const setText = (text: string) => change({ kind: 'template-changed', template: { ownText: text } });
  const isEmpty = ownText.trim() === '';
  return (
    <div className="flex flex-col gap-3">
      <FileDrop
        label={t('drop')}
        bytesMax={CONFIG_CHARACTERS_MAX}
        extensions={['.json', '.txt']}
        onContents={([content]) => {
          if (content !== undefined) setText(new TextDecoder().decode(content.bytes));
        }}
      />
      <div data-field="ownText">
        <TextArea
          label={t('text')}
          help={t('textHelp')}
          isCode
          rows={10}
          value={ownText}
          onChange={setText}
          errors={errorsOf('ownText')}
        />
      </div>
      {chosen.ok || isEmpty ? null : <ConfigFaultNotice fault={chosen.failure} />}
      {chosen.ok && chosen.value.kind === 'inline' && chosen.value.form !== undefined ? (
        <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
          {t('understood', { form: t(`form.${chosen.value.form}`) })}
          {chosen.value.notes.map((note) => (
            <Badge key={note}>{t(`note.${note}`)}</Badge>
          ))}
        </p>
      ) : null}
      {ownText.includes(ACCOUNT_PLACEHOLDER) ? (
        <Notice tone="warning" title={t('placeholder')}>
          <p>{t('placeholderHelp', { account: place.accountId })}</p>
          <div>
            <Button onPress={() => setText(filledIn(ownText, { account: place.accountId }))}>
              {t('fill', { account: place.accountId })}
            </Button>
          </div>
        </Notice>
      ) : null}
      {isOtherRegion(ownText, place.region) ? (
        <Notice tone="warning" title={t('otherRegion', { region: ARTICLE_REGION })}>
          <p>{t('otherRegionHelp', { region: place.region })}</p>
          <div>
            <Button onPress={() => setText(filledIn(ownText, { region: place.region }))}>
              {t('fillRegion', { region: place.region })}
            </Button>
          </div>
        </Notice>
      ) : null}
    </div>
  );
}

function ConfigFaultNotice({ fault }: { fault: ConfigFault }) {
  const t = useTranslations('wizard.template');
  const { code, json, path, params } = fault;
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
