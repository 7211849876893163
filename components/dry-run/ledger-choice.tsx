'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import { Spinner } from '@/components/ui/spinner';
import { TextField } from '@/components/ui/text-field';
import { type LedgerDevice, ledgerAnswer } from './registry-answer';
import { ofLedger, type TestedCertificate } from './tested-certificate';
import { useLookedUp } from './use-looked-up';

type LedgerChoiceProps = { url: string; onChange: (certificate: TestedCertificate) => void };

/** Finds a device that was issued here by the beginning of its name or id. */
export function LedgerChoice({ url, onChange }: LedgerChoiceProps) {
  const t = useTranslations('dry-run.ledger');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<LedgerDevice | undefined>(undefined);
  const asked = `${url}?${new URLSearchParams({ find: text.trim() })}`;
  const looked = useLookedUp(asked, ledgerAnswer);
  const { devices, hasMore } = looked?.answer ?? { devices: [], hasMore: false };
  const isCurrent = looked?.url === asked;
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label={t('find')}
        help={t('findHelp')}
        isMonospace
        value={text}
        onChange={setText}
        suffix={isCurrent ? null : <Spinner />}
        autoComplete="off"
        spellCheck="false"
      />
      <p role="status" className="text-sm">
        {chosen === undefined ? '' : t('chosen', { name: chosen.commonName || chosen.certificateId })}
      </p>
      {looked !== undefined && looked.answer === undefined ? (
        <Notice tone="warning" title={t('unreadable')} />
      ) : null}
      {isCurrent && looked.answer !== undefined && devices.length === 0 ? (
        <p className="text-sm text-ink-muted">{t('none')}</p>
      ) : null}
      {devices.length === 0 ? null : (
        <ul aria-label={t('results')} className="divide-y divide-line rounded-md border border-line">
          {devices.map((device) => (
            <li
              key={device.certificateId}
              className="flex flex-wrap items-center gap-x-3 px-3 py-1.5 text-sm"
            >
              <span className="min-w-0 flex-1 wrap-anywhere">{device.commonName}</span>
              <span className="font-mono text-xs text-ink-muted">{shortenMiddle(device.certificateId)}</span>
              <Button
                variant="quiet"
                aria-label={`${t('choose')}: ${device.commonName || device.certificateId}`}
                aria-pressed={chosen?.certificateId === device.certificateId}
                onPress={() => {
                  setChosen(device);
                  onChange(ofLedger(device));
                }}
              >
                {t('choose')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {hasMore ? <p className="text-xs text-ink-muted">{t('more')}</p> : null}
    </div>
  );
}
