'use client';

import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import type { FileContent } from '@/components/ui/file-content';
import { FileDrop } from '@/components/ui/file-drop';
import { useNowMs } from '@/components/ui/use-now';
import type { RevocationListFault } from '@/lib/pki/revocation-list';
import { REVOKED_SERIALS_MAX, type RevokedSerials } from '@/lib/provisioning/jitr/settings';
import type { JitrDraft } from './jitr-draft';

type RevokedFieldProps = {
  caPem: string;
  revoked: RevokedSerials | undefined;
  change: (changes: Partial<JitrDraft>) => void;
  errors: string[];
};

/** A list of some thousand certificates; what the function keeps is fewer. */
const LIST_BYTES_MAX = 1_048_576;

/** A revocation list of the CA, read in the page. */
export function RevokedField({ caPem, revoked, change, errors }: RevokedFieldProps) {
  const t = useTranslations('jitr.revoked');
  const format = useFormatter();
  const nowMs = useNowMs();
  const isOutdated = revoked?.nextUpdate !== undefined && Date.parse(revoked.nextUpdate) < nowMs;
  const [fault, setFault] = useState<RevocationListFault['kind'] | 'too-many' | undefined>(undefined);

  async function read([content]: FileContent[]) {
    if (content === undefined) return;
    // With the library that reads it, which no other part of the page needs.
    const { readRevocationList } = await import('@/lib/pki/revocation-list');
    const list = await readRevocationList(content.bytes, caPem, crypto);
    if (!list.ok) return setFault(list.failure.kind);
    const { serials, nextUpdate } = list.value;
    if (serials.length > REVOKED_SERIALS_MAX) return setFault('too-many');
    setFault(undefined);
    change({ revoked: { serials, nextUpdate } });
  }

  return (
    <div className="flex max-w-xl flex-col gap-2">
      <FileDrop
        label={t('label')}
        help={t('help')}
        bytesMax={LIST_BYTES_MAX}
        extensions={['.crl', '.pem', '.der']}
        onContents={(contents) => void read(contents)}
        errors={[
          ...errors,
          ...(fault === undefined ? [] : [t(`fault.${fault}`, { max: REVOKED_SERIALS_MAX })]),
        ]}
        held={revoked === undefined ? undefined : t('held', { count: revoked.serials.length })}
      />
      {revoked === undefined ? null : (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <span className={isOutdated ? 'text-danger' : ''}>
            {revoked.nextUpdate === undefined
              ? t('noNextUpdate')
              : t(isOutdated ? 'outdated' : 'nextUpdate', {
                  // As the list says it, and the same on the server.
                  date: `${format.dateTime(new Date(revoked.nextUpdate), { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC`,
                })}
          </span>
          <Button variant="quiet" onPress={() => change({ revoked: undefined })}>
            {t('remove')}
          </Button>
        </div>
      )}
    </div>
  );
}
