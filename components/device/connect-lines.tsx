'use client';

import { useTranslations } from 'use-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { type BundleFileNames, bundleFileNames } from '@/lib/pki/bundle-names';
import { connectCommands, EXPECTED_DROP } from '@/lib/pki/connect-commands';

export type ConnectLinesProps = {
  commonName: string;
  certificateId: string;
  clientName: string;
  hasKey: boolean;
  host: string;
  port: number;
  /** Which of the lines are shown: the one that is due, or all. */
  show: 'first' | 'again' | 'all';
};

/** The mosquitto lines, the very ones of the bundle's README. */
export function ConnectLines(props: ConnectLinesProps) {
  const { commonName, certificateId, clientName, hasKey, host, port, show } = props;
  const t = useTranslations('device.connect');
  const fileNames: BundleFileNames = bundleFileNames(commonName || undefined, certificateId, { hasKey });
  const commands = connectCommands({ host, port, thingName: clientName, fileNames });
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p className="text-ink-muted">{t('where', { folder: fileNames.zip })}</p>
      {hasKey ? null : <p>{t('ownKey')}</p>}
      {show === 'again' ? null : (
        <div className="flex flex-col gap-1.5">
          <p className="font-medium">{t('first')}</p>
          <CodeBlock label={t('first')} code={commands.firstConnect} wraps />
          <p className="text-ink-muted">{t('drop')}</p>
          <p className="font-mono text-xs text-ink-muted">{EXPECTED_DROP}</p>
        </div>
      )}
      {show === 'first' ? null : (
        <>
          <div className="flex flex-col gap-1.5">
            <p className="font-medium">{t('subscribe')}</p>
            <CodeBlock label={t('subscribe')} code={commands.subscribe} wraps />
            <p className="text-ink-muted">{t('listenText')}</p>
          </div>
          <div className="flex flex-col gap-1.5">
            <p className="font-medium">{t('publish')}</p>
            <CodeBlock label={t('publish')} code={commands.publish} wraps />
            <p className="text-ink-muted">{t('publishText')}</p>
          </div>
        </>
      )}
    </div>
  );
}
