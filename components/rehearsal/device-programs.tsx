'use client';

import { useTranslations } from 'use-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import { Tabs } from '@/components/ui/tabs';
import { type ConnectTarget, connectCommands, EXPECTED_DROP } from '@/lib/pki/connect-commands';
import {
  DEVICE_CLIENT_PORT,
  DEVICE_PROGRAMS,
  type DeviceProgram,
  deviceProgram,
} from '@/lib/pki/device-programs';
import { shellQuote } from '@/lib/shell-quote';

type DeviceProgramsProps = {
  target: ConnectTarget;
  /** The ZIP's name. */
  bundle: string;
};

/** How to connect with the bundle, by what people have: the console's own command, mosquitto, OpenSSL, AWS's client and SDKs. */
export function DevicePrograms({ target, bundle }: DeviceProgramsProps) {
  const t = useTranslations('rehearsal');
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="text-ink-muted">{t('keyStays')}</p>
      <Tabs
        label={t('programs')}
        tabs={[
          {
            id: 'console',
            label: t('program.console.label'),
            content: <OwnCommand target={target} bundle={bundle} />,
          },
          { id: 'mosquitto', label: t('program.mosquitto.label'), content: <Mosquitto target={target} /> },
          ...DEVICE_PROGRAMS.map((program) => ({
            id: program,
            label: t(`program.${program}.label`),
            content: <Program program={program} target={target} />,
          })),
        ]}
      />
      <p className="text-xs text-ink-muted">{t('bundleNote', { bundle })}</p>
    </div>
  );
}

function OwnCommand({ target, bundle }: DeviceProgramsProps) {
  const t = useTranslations('rehearsal.program.console');
  const ownKey = target.fileNames.key === undefined ? ' device.key' : '';
  return (
    <div className="flex flex-col gap-2">
      <p>{t('text')}</p>
      <CodeBlock label={t('label')} code={`npm run rehearse -- ${shellQuote(bundle)}${ownKey}`} wraps />
      <p className="text-ink-muted">{t('end')}</p>
    </div>
  );
}

function Mosquitto({ target }: { target: ConnectTarget }) {
  const t = useTranslations('rehearsal.program.mosquitto');
  const { firstConnect, publish } = connectCommands(target);
  return (
    <div className="flex flex-col gap-2">
      <p>{t('first')}</p>
      <CodeBlock label={t('first')} code={firstConnect} wraps />
      <p className="text-ink-muted">
        {t('drop')} <span className="font-mono text-xs">{EXPECTED_DROP}</span>
      </p>
      <p>{t('again')}</p>
      <CodeBlock label={t('again')} code={publish} wraps />
    </div>
  );
}

function Program({ program, target }: { program: DeviceProgram; target: ConnectTarget }) {
  const t = useTranslations('rehearsal');
  const { fileName, text, run } = deviceProgram(program, target);
  return (
    <div className="flex flex-col gap-2">
      <p>{t(`program.${program}.text`)}</p>
      {program === 'device-client' && target.port !== DEVICE_CLIENT_PORT ? (
        <Notice tone="warning" title={t('wrongPort', { port: target.port })} />
      ) : null}
      {fileName === undefined ? null : <p>{t('save', { file: fileName })}</p>}
      <CodeBlock label={fileName ?? t(`program.${program}.label`)} code={text} wraps />
      {run === undefined ? null : (
        <>
          <p>{t('run')}</p>
          <CodeBlock label={t('run')} code={run} wraps />
        </>
      )}
    </div>
  );
}
