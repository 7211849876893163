'use client';

import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { TextArea } from '@/components/ui/text-area';
import {
  CONFIG_CHARACTERS_MAX,
  type ConfigFault,
  type ConfigForm,
  type ConfigNote,
} from '@/lib/provisioning/registration-config';
import { ConfigFaultNotice } from './config-fault-notice';
import { ACCOUNT_PLACEHOLDER, ARTICLE_REGION, filledIn, isOtherRegion } from './template-text';

/** How a text was understood, and what was mended in it. */
export type UnderstoodConfig = { form: ConfigForm; notes: readonly ConfigNote[] };

type OwnTemplateTextProps = {
  value: string;
  onChange: (text: string) => void;
  place: { accountId: string; region: string };
  /** Undefined while the text is empty, or understood. */
  fault: ConfigFault | undefined;
  understood: UnderstoodConfig | undefined;
  errors?: readonly string[];
  /** Marks the text for a form that leads to its faulty fields (`data-field`). */
  fieldName?: string;
};

/** A template or registration config of the person's own, pasted or dropped, and what was made of it. */
export function OwnTemplateText({
  value,
  onChange,
  place,
  fault,
  understood,
  errors = [],
  fieldName,
}: OwnTemplateTextProps) {
  const t = useTranslations('template.text');
  return (
    <div className="flex flex-col gap-3">
      <FileDrop
        label={t('drop')}
        bytesMax={CONFIG_CHARACTERS_MAX}
        extensions={['.json', '.txt']}
        onContents={([content]) => {
          if (content !== undefined) onChange(new TextDecoder().decode(content.bytes));
        }}
      />
      <div data-field={fieldName}>
        <TextArea
          label={t('label')}
          help={t('help')}
          isCode
          rows={10}
          value={value}
          onChange={onChange}
          errors={errors}
        />
      </div>
      {fault === undefined ? null : <ConfigFaultNotice fault={fault} />}
      {understood === undefined ? null : (
        <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
          {t('understood', { form: t(`form.${understood.form}`) })}
          {understood.notes.map((note) => (
            <Badge key={note}>{t(`note.${note}`)}</Badge>
          ))}
        </p>
      )}
      <ArticleLeftovers value={value} onChange={onChange} place={place} />
    </div>
  );
}

/** What a copy of AWS's article still says of somebody else's account and Region, with a button that corrects it. */
function ArticleLeftovers({
  value,
  onChange,
  place: { accountId, region },
}: Pick<OwnTemplateTextProps, 'value' | 'onChange' | 'place'>) {
  const t = useTranslations('template.text');
  return (
    <>
      {value.includes(ACCOUNT_PLACEHOLDER) ? (
        <Notice tone="warning" title={t('placeholder')}>
          <p>{t('placeholderHelp', { account: accountId })}</p>
          <div>
            <Button onPress={() => onChange(filledIn(value, { account: accountId }))}>
              {t('fill', { account: accountId })}
            </Button>
          </div>
        </Notice>
      ) : null}
      {isOtherRegion(value, region) ? (
        <Notice tone="warning" title={t('otherRegion', { region: ARTICLE_REGION })}>
          <p>{t('otherRegionHelp', { region })}</p>
          <div>
            <Button onPress={() => onChange(filledIn(value, { region }))}>
              {t('fillRegion', { region })}
            </Button>
          </div>
        </Notice>
      ) : null}
    </>
  );
}
