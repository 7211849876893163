'use client';

import { useState } from 'react';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import { fieldsAskedFor } from '@/components/device/issue-form';
import { SUBJECT_FIELDS } from '@/components/device/subject-fields';
import { EncodingSelect } from '@/components/registry/encoding-select';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import type { FileContent } from '@/components/ui/file-content';
import { FileDrop } from '@/components/ui/file-drop';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextField } from '@/components/ui/text-field';
import { BATCH_CHARACTERS_MAX } from '@/lib/batch/bounds';
import { PATTERN_CHARACTERS_MAX } from '@/lib/batch/pattern';
import type { SubjectField } from '@/lib/pki/subject';
import type { Template } from '@/lib/provisioning/template';
import {
  BATCH_SOURCES,
  type BatchInput,
  type ListedDevices,
  withEncoding,
  withoutRequests,
  withTable,
} from './batch-input';
import { ColumnsTable } from './columns-table';
import { RequestsInput } from './requests-input';
import { RowFaults } from './row-faults';
import { usePatternFaultSentence, useTableFaultSentence } from './use-input-fault-sentence';

type BatchInputCardProps = {
  input: BatchInput;
  list: ListedDevices;
  template: Template | undefined;
  onChange: (input: BatchInput) => void;
};

const TABLE_EXTENSIONS = ['.csv', '.tsv', '.txt'];

/** The list of devices: a table with columns, or a pattern of names. */
export function BatchInputCard({ input, list, template, onChange }: BatchInputCardProps) {
  const t = useTranslations('batch.input');
  const format = useFormatter();
  const language = useLocale();
  const tableFault = useTableFaultSentence();
  const patternFault = usePatternFaultSentence();
  const { encoded } = input;
  const [held, setHeld] = useState<string | undefined>(input.table?.name);

  function take([content]: FileContent[]) {
    if (content === undefined) return;
    const name = content.name ?? t('pasted');
    setHeld(name);
    onChange(withTable(input, name, content.bytes, language));
  }

  return (
    <Card title={t('title')} aside={t('count', { count: format.number(list.devices.length) })}>
      <div className="flex flex-col gap-5">
        <RadioCards
          label={t('source')}
          columns={3}
          value={input.source}
          onChange={(source) => onChange({ ...input, source })}
          options={BATCH_SOURCES.map((value) => ({
            value,
            label: t(`sourceName.${value}`),
            description: t(`sourceText.${value}`),
          }))}
        />
        {input.source === 'table' ? (
          <>
            <FileDrop
              label={t('file')}
              help={t('fileHelp')}
              bytesMax={BATCH_CHARACTERS_MAX}
              extensions={TABLE_EXTENSIONS}
              held={held}
              onContents={take}
              errors={input.tableFault === undefined ? [] : [tableFault(input.tableFault)]}
            />
            {encoded === undefined ? null : (
              <EncodingSelect
                encoding={encoded.encoding}
                onChange={(encoding) => onChange(withEncoding(input, { ...encoded, encoding }))}
              />
            )}
            {input.table === undefined ? null : (
              <ColumnsTable table={input.table} onChange={(table) => onChange({ ...input, table })} />
            )}
          </>
        ) : input.source === 'requests' ? (
          <RequestsInput
            requests={input.requests}
            shortened={list.shortened}
            onChange={(requests) => onChange({ ...input, requests })}
          />
        ) : (
          <TextField
            label={t('pattern')}
            help={t('patternHelp')}
            isMonospace
            maxLength={PATTERN_CHARACTERS_MAX}
            value={input.pattern}
            onChange={(pattern) => onChange({ ...input, pattern })}
            autoComplete="off"
            spellCheck="false"
            errors={list.fault === undefined || input.pattern === '' ? [] : [patternFault(list.fault)]}
            constraint={list.devices.length === 0 ? undefined : examplesOf(list)}
          />
        )}
        <CommonFields input={input} template={template} onChange={onChange} />
        <RowFaults
          faulty={list.faulty}
          onLeaveOut={
            input.source === 'requests'
              ? () => onChange(withoutRequests(input, new Set(list.faulty.map(({ line }) => line))))
              : undefined
          }
        />
      </div>
    </Card>
  );
}

function examplesOf({ devices }: ListedDevices): string {
  const names = [devices.at(0), devices.at(1), devices.at(-1)].flatMap(
    (device) => device?.subject.commonName ?? [],
  );
  return [...new Set(names)].join(', ');
}

type CommonFieldsProps = Pick<BatchInputCardProps, 'input' | 'template' | 'onChange'>;

/** What every device has, unless its row says otherwise. */
function CommonFields({ input, template, onChange }: CommonFieldsProps) {
  const t = useTranslations('batch.input');
  const device = useTranslations('device');
  const asked = fieldsAskedFor(template, input.common.country);
  const fields = SUBJECT_FIELDS.filter((field) => field !== 'commonName');
  const textField = (field: SubjectField) => (
    <TextField
      key={field}
      label={device(`field.${field}`)}
      constraint={device(`constraint.${field}`)}
      isOptional={asked.get(field) !== 'needed'}
      value={input.common[field] ?? ''}
      onChange={(value) =>
        onChange({
          ...input,
          common: { ...input.common, [field]: field === 'country' ? value.toUpperCase() : value },
        })
      }
      autoComplete="off"
      spellCheck="false"
    />
  );
  const front = fields.filter((field) => asked.has(field));
  const others = fields.filter((field) => !asked.has(field));
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-2 text-sm font-medium">
        {t(input.source === 'requests' ? 'commonRequests' : 'common')}
      </legend>
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">{front.map(textField)}</div>
      <Disclosure summary={device('form.more')}>
        <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">{others.map(textField)}</div>
      </Disclosure>
    </fieldset>
  );
}
