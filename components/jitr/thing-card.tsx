'use client';

import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { RadioCards } from '@/components/ui/radio-cards';
import { Switch } from '@/components/ui/switch';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { CERTIFICATE_VALUES } from '@/lib/provisioning/jitr/settings';
import type { FormPart } from './form-part';

/** The thing that a device gets, with what it is called and where it belongs. */
export function ThingCard({ draft, change, errorsOf }: FormPart) {
  const t = useTranslations('jitr.thing');
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-5">
        <Switch
          isSelected={draft.makesThing}
          onChange={(makesThing) => change({ makesThing })}
          description={t('makesHelp')}
        >
          {t('makes')}
        </Switch>
        {draft.makesThing ? (
          <>
            <p className="text-sm text-ink-muted">
              {t('values')}{' '}
              {CERTIFICATE_VALUES.map((value) => (
                <code key={value} className="mr-2 font-mono text-xs">{`\${${value}}`}</code>
              ))}
            </p>
            <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
              <TextField
                label={t('name')}
                help={t('nameHelp')}
                isMonospace
                value={draft.thingName}
                onChange={(thingName) => change({ thingName })}
                errors={errorsOf('thingName')}
                autoComplete="off"
                spellCheck="false"
              />
              <TextField
                label={t('type')}
                help={t('typeHelp')}
                isOptional
                isMonospace
                value={draft.typeName}
                onChange={(typeName) => change({ typeName })}
                errors={errorsOf('typeName')}
                autoComplete="off"
                spellCheck="false"
              />
              <TextArea
                label={t('attributes')}
                help={t('attributesHelp')}
                isOptional
                isCode
                rows={4}
                value={draft.attributesText}
                onChange={(attributesText) => change({ attributesText })}
                errors={errorsOf('attributes')}
              />
              <TextArea
                label={t('groups')}
                help={t('groupsHelp')}
                isOptional
                isCode
                rows={4}
                value={draft.groupsText}
                onChange={(groupsText) => change({ groupsText })}
                errors={errorsOf('groups')}
              />
            </div>
            <RadioCards
              label={t('taken')}
              columns={2}
              value={draft.taken}
              onChange={(taken) => change({ taken })}
              options={[
                { value: 'refuse', label: t('takenRefuse'), description: t('takenRefuseHelp') },
                { value: 'use', label: t('takenUse'), description: t('takenUseHelp') },
              ]}
            />
          </>
        ) : null}
      </div>
    </Card>
  );
}
