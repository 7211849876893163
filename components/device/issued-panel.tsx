'use client';

import { Download, Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { deviceHref, replacementHref } from '@/components/registry/hrefs';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Id } from '@/components/ui/id';
import { KeyValue } from '@/components/ui/key-value';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { ConnectLines } from './connect-lines';
import type { IssuedDevice } from './issue-run';
import type { ReplacedDevice } from './replaced-notice';
import { useFaultSentence } from './use-fault-sentence';
import type { IssueState } from './use-issue';

type IssuedPanelProps = {
  environment: string;
  state: Extract<IssueState, { kind: 'issued' }>;
  replaced: ReplacedDevice | undefined;
  onDownloadAgain: (device: IssuedDevice) => void;
  onNext: () => void;
};

/** The device is issued: what is in the bundle, what to run, where to watch. */
export function IssuedPanel({ environment, state, replaced, onDownloadAgain, onNext }: IssuedPanelProps) {
  const t = useTranslations('device.issued');
  const hierarchy = useTranslations('hierarchy.replaced');
  const sentenceOf = useFaultSentence();
  const heading = useRef<HTMLDivElement>(null);
  // The form is gone, and with it the button that had the focus.
  useEffect(() => heading.current?.focus(), []);
  const { device, isDownloaded, isConfirmed, fault } = state;
  const { certificateId, clientName, delivery, facts, fileNames, keyOrigin } = device;
  // A worker that failed at the bundle may still have the draft.
  const isLost = fault?.at === 'finish' && fault.fault.kind === 'handle-unknown';
  const commonName = facts.subject.fields.commonName ?? '';
  const files = Object.values(fileNames).filter((name) => name !== undefined && name !== fileNames.zip);
  return (
    <>
      <div ref={heading} tabIndex={-1} className="outline-none">
        {fault?.at === 'finish' ? (
          <Notice tone="danger" role="alert" title={sentenceOf(fault.fault)}>
            {isLost ? <p>{t('lostText')}</p> : null}
          </Notice>
        ) : (
          <Notice
            tone={isConfirmed ? 'positive' : 'warning'}
            role="status"
            title={t('title', { name: commonName || clientName })}
          >
            <p>{t(isConfirmed ? 'saved' : 'notConfirmed', { file: fileNames.zip })}</p>
            <p>{t(keyOrigin === 'console' ? 'onlyCopy' : 'noKey')}</p>
          </Notice>
        )}
      </div>
      <Card
        title={t('bundle')}
        actions={
          <>
            {replaced === undefined ? (
              <Button onPress={onNext} icon={<Plus aria-hidden />}>
                {t('next')}
              </Button>
            ) : null}
            {isLost ? null : (
              <Button onPress={() => onDownloadAgain(device)} icon={<Download aria-hidden />}>
                {t(isDownloaded ? 'again' : 'download')}
              </Button>
            )}
            {replaced === undefined ? (
              <LinkButton variant="primary" href={deviceHref(environment, certificateId)}>
                {t('watch')}
              </LinkButton>
            ) : (
              <LinkButton variant="primary" href={replacementHref(environment, replaced.certificateId)}>
                {hierarchy('goOn')}
              </LinkButton>
            )}
          </>
        }
      >
        <KeyValue
          entries={[
            {
              label: t('certificateId'),
              value: <Id value={certificateId} label={t('certificateId')} isWhole />,
              isWide: true,
            },
            {
              label: fileNames.zip,
              value: <span className="font-mono text-xs">{files.join(', ')}</span>,
              isWide: true,
            },
          ]}
        />
      </Card>
      <Card title={t('connect')}>
        <ConnectLines
          commonName={commonName}
          certificateId={certificateId}
          clientName={clientName}
          hasKey={keyOrigin === 'console'}
          host={delivery.host}
          port={delivery.port}
          show={replaced === undefined ? 'all' : 'again'}
        />
      </Card>
    </>
  );
}
