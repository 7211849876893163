'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { devicesHref } from '@/components/device/devices-query';
import { caHref } from '@/components/registry/hrefs';
import { CaStatus } from '@/components/status/resource-status';
import { Button } from '@/components/ui/button';
import { formatByteSize } from '@/components/ui/byte-size';
import { Card } from '@/components/ui/card';
import type { FileContent } from '@/components/ui/file-content';
import { FileDrop } from '@/components/ui/file-drop';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX } from '@/lib/batch/import-bounds';
import {
  type ImportFile,
  type ImportFileFault,
  type ImportOutcome,
  type ImportTable,
  isMapped,
  readImportAs,
  readImportBytes,
  rowsOf,
} from '@/lib/batch/import-file';
import type { LegacyEncoding } from '@/lib/batch/text-encoding';
import type { Failure } from '@/lib/failure';
import { type GoodRow, ImportChecked, ImportFailed } from './import-checked';
import { ImportColumns } from './import-columns';
import { type FaultyImportRow, ImportRowFaults } from './import-rows';
import { importHref, ledgerOverviewHref } from './ledger-href';
import { askOutcomes, importAll } from './post-import';

type ImportCertificatesProps = {
  environment: string;
  ca: { caId: string; name: string; status: string };
  urls: { check: string; rows: string };
};

type Fault = { name: string; fault: ImportFileFault } | { bytes: number };

type Stage =
  | { kind: 'reading' }
  | { kind: 'busy' }
  | { kind: 'checked'; outcomes: readonly ImportOutcome[] }
  | { kind: 'done'; added: number };

/** Takes files in the page, shows what is wrong with them and what an import would do, and imports. */
export function ImportCertificates({ environment, ca, urls }: ImportCertificatesProps) {
  const t = useTranslations('ledger-work.import');
  const ui = useTranslations('ui');
  const locale = useLocale();
  const tableFault = useTranslations('batch.tableFault');
  const [files, setFiles] = useState<readonly ImportFile[]>([]);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [stage, setStage] = useState<Stage>({ kind: 'reading' });
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const rows = useMemo(() => rowsOf(files), [files]);
  const good = rows.flatMap(({ file, line, row }): GoodRow[] =>
    row.ok ? [{ file, line, row: row.value }] : [],
  );
  const faulty = rows.flatMap(({ file, line, row }): FaultyImportRow[] =>
    row.ok ? [] : [{ file, line, fault: row.failure }],
  );

  function change(next: readonly ImportFile[]) {
    setFiles(next);
    setStage({ kind: 'reading' });
    setFailure(undefined);
  }

  function take(contents: readonly FileContent[]) {
    const bytes = contents.reduce((sum, content) => sum + content.bytes.length, 0);
    if (bytes > IMPORT_BYTES_MAX) {
      setFaults([{ bytes }]);
      return change([]);
    }
    const read = contents.map(({ name = ui('drop.pastedText'), bytes: content }) => ({
      name,
      file: readImportBytes(name, content, locale),
    }));
    setFaults(read.flatMap(({ name, file }) => (file.ok ? [] : [{ name, fault: file.failure }])));
    change(read.flatMap(({ file }) => (file.ok ? [file.value] : [])));
  }

  /** A file that cannot be read so stays as it was read before. */
  function readAs({ name, encoded }: ImportTable, encoding: LegacyEncoding) {
    if (encoded === undefined) return;
    const read = readImportAs(name, encoded.bytes, encoding);
    if (!read.ok) return setFaults([{ name, fault: read.failure }]);
    setFaults(faults.filter((fault) => !('name' in fault) || fault.name !== name));
    change(files.map((other) => (other.name === name ? read.value : other)));
  }

  function sentenceOf(fault: Fault): string {
    if ('bytes' in fault) {
      return t('fault.too-big', {
        size: formatByteSize(fault.bytes, locale),
        max: formatByteSize(IMPORT_BYTES_MAX, locale),
      });
    }
    const { name: file, fault: found } = fault;
    switch (found.kind) {
      case 'pem':
        return t('fault.pem', { file, line: found.line });
      case 'table': {
        const { kind, ...params } = found.fault;
        return t('fault.table', { file, fault: tableFault(kind, params) });
      }
      default:
        return t(`fault.${found.kind}`, { file });
    }
  }

  const isUnmapped = files.some((file) => file.kind === 'table' && !isMapped(file.mapping));
  const isTooMany = good.length > IMPORT_ROWS_MAX;
  const errors = [
    ...faults.map(sentenceOf),
    ...(isUnmapped ? [t('fault.columns')] : []),
    ...(isTooMany ? [t('fault.too-many', { count: good.length, max: IMPORT_ROWS_MAX })] : []),
  ];
  const request = (chosen: readonly GoodRow[]) => ({
    environment,
    caId: ca.caId,
    rows: chosen.map(({ row }) => row),
  });

  async function check() {
    setStage({ kind: 'busy' });
    const answer = await askOutcomes(urls.check, request(good));
    if (!answer.ok) {
      setFailure(answer.failure);
      return setStage({ kind: 'reading' });
    }
    setFailure(undefined);
    setStage({ kind: 'checked', outcomes: answer.value });
  }

  async function importNew(fresh: readonly GoodRow[], outcomes: readonly ImportOutcome[]) {
    setStage({ kind: 'busy' });
    const answer = await importAll(urls.rows, request(fresh));
    if (!answer.ok) {
      setFailure(answer.failure);
      return setStage({ kind: 'checked', outcomes });
    }
    setFailure(undefined);
    setStage({ kind: 'done', added: answer.value });
  }

  if (stage.kind === 'done') {
    return (
      <Notice tone="positive" role="status" title={t('done', { count: stage.added })}>
        <p>{t('doneNext')}</p>
        <div className="flex flex-wrap gap-2">
          <LinkButton variant="primary" href={ledgerOverviewHref(environment)}>
            {t('toOverview')}
          </LinkButton>
          <LinkButton href={devicesHref(environment, {})}>{t('toDevices')}</LinkButton>
          <Button
            onPress={() => {
              setFaults([]);
              change([]);
            }}
          >
            {t('again')}
          </Button>
        </div>
      </Notice>
    );
  }
  const isBusy = stage.kind === 'busy';
  return (
    <>
      <Card
        title={t('caTitle')}
        actions={
          <Link href={importHref(environment)} className="link text-sm">
            {t('otherCa')}
          </Link>
        }
      >
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-sm">
          <Link href={caHref(environment, ca.caId)} className="link font-medium wrap-anywhere">
            {ca.name || ca.caId.slice(0, 8)}
          </Link>
          <CaStatus status={ca.status} />
        </div>
      </Card>
      <Card title={t('fileTitle')}>
        <div className="flex flex-col gap-4">
          <FileDrop
            label={t('file')}
            help={t('fileHelp')}
            constraint={t('bounds', {
              rows: IMPORT_ROWS_MAX,
              size: formatByteSize(IMPORT_BYTES_MAX, locale),
            })}
            bytesMax={IMPORT_BYTES_MAX}
            extensions={['.pem', '.crt', '.cer', '.csv', '.tsv', '.txt']}
            allowsMultiple
            errors={errors}
            held={files.length === 0 ? undefined : files.map(({ name }) => name).join(', ')}
            onContents={take}
          />
          {files.map((file) =>
            file.kind === 'table' ? (
              <ImportColumns
                key={file.name}
                file={file}
                onEncoding={(encoding) => readAs(file, encoding)}
                onChange={(changed) => change(files.map((other) => (other === file ? changed : other)))}
              />
            ) : null,
          )}
          {files.length === 0 ? null : (
            <p className="text-sm">{t('read', { count: good.length, files: files.length })}</p>
          )}
          <ImportRowFaults rows={faulty} tone="warning" />
          {failure === undefined || stage.kind !== 'reading' ? null : <ImportFailed failure={failure} />}
          {stage.kind === 'checked' ? null : (
            <div>
              <Button
                variant="primary"
                isPending={isBusy}
                isDisabled={good.length === 0 || isTooMany || isUnmapped}
                onPress={() => void check()}
              >
                {t(isBusy ? 'checking' : 'check')}
              </Button>
            </div>
          )}
        </div>
      </Card>
      {stage.kind === 'checked' ? (
        <ImportChecked good={good} outcomes={stage.outcomes} failure={failure} onImport={importNew} />
      ) : null}
    </>
  );
}
