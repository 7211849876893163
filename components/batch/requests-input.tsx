'use client';

import { useLocale, useTranslations } from 'use-intl';
import { useFaultSentence } from '@/components/device/use-fault-sentence';
import { formatByteSize } from '@/components/ui/byte-size';
import { DropArea } from '@/components/ui/drop-area';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Spinner } from '@/components/ui/spinner';
import { BATCH_REQUESTS_MAX } from '@/lib/batch/bounds';
import { NAME_SOURCES } from '@/lib/batch/devices-of-requests';
import { REQUEST_FILE_BYTES_MAX } from '@/lib/pki/read-requests';
import type { ListedRequests } from './batch-input';
import { useReadRequests } from './use-read-requests';

type RequestsInputProps = {
  requests: ListedRequests | undefined;
  shortened: number;
  onChange: (requests: ListedRequests | undefined) => void;
};

/** As many names as fit a sentence. */
const NAMES_SHOWN_MAX = 5;

/** Signing requests of devices that keep their keys: files, a folder, or one file with many. */
export function RequestsInput({ requests, shortened, onChange }: RequestsInputProps) {
  const t = useTranslations('batch.requests');
  const words = useFaultSentence();
  const locale = useLocale();
  const { progress, fault, take } = useReadRequests((read) =>
    onChange({ ...read, nameSource: requests?.nameSource ?? 'request' }),
  );
  const sizeMax = formatByteSize(REQUEST_FILE_BYTES_MAX, locale);
  const sentences =
    fault === undefined
      ? []
      : [
          fault.kind === 'worker-stopped'
            ? words(fault)
            : t(fault.kind, {
                countMax: BATCH_REQUESTS_MAX,
                sizeMax,
                name: 'name' in fault ? fault.name : '',
              }),
        ];
  return (
    <>
      <DropArea
        label={t('label')}
        help={t('help')}
        constraint={t('constraint', { countMax: BATCH_REQUESTS_MAX, sizeMax })}
        sentences={sentences}
        allowsMultiple
        folderFilesMax={BATCH_REQUESTS_MAX}
        held={
          requests === undefined || progress !== undefined
            ? undefined
            : t('held', { count: requests.brought.length })
        }
        onFiles={take}
        onText={(text) => take([{ path: t('pasted'), file: new File([text], t('pasted')) }], false)}
      />
      <p role="status" className="flex items-center gap-2 text-sm text-ink-muted empty:hidden">
        {progress === undefined ? null : (
          <>
            <Spinner />
            {t('reading', progress)}
          </>
        )}
      </p>
      {requests === undefined || progress !== undefined ? null : (
        <>
          {requests.withKey.length === 0 ? null : (
            <Notice tone="warning" title={t('withKey', { count: requests.withKey.length })}>
              <p className="wrap-anywhere">{requests.withKey.slice(0, NAMES_SHOWN_MAX).join(', ')}</p>
              <p>{t('withKeyText')}</p>
            </Notice>
          )}
          {requests.leftOut === 0 ? null : (
            <p className="text-sm text-ink-muted">{t('leftOut', { count: requests.leftOut })}</p>
          )}
          <RadioCards
            label={t('nameSource')}
            columns={2}
            value={requests.nameSource}
            onChange={(nameSource) => onChange({ ...requests, nameSource })}
            options={NAME_SOURCES.map((value) => ({
              value,
              label: t(`nameSourceName.${value}`),
              description: t(`nameSourceText.${value}`),
            }))}
          />
          {shortened === 0 ? null : (
            <p className="text-sm text-warning">{t('shortened', { count: shortened })}</p>
          )}
        </>
      )}
    </>
  );
}
