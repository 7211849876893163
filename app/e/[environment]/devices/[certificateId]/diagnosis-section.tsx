import type { Route } from 'next';
import { ActivateButton } from '@/components/device/activate-button';
import { ActivationLadder } from '@/components/diagnosis/activation-ladder';
import { CloudTrailRecord } from '@/components/diagnosis/cloudtrail-record';
import { ConnectionState } from '@/components/diagnosis/connection-state';
import { DiagnosisCard } from '@/components/diagnosis/diagnosis-card';
import { deviceHref } from '@/components/registry/hrefs';
import { LiveNotice } from '@/components/status/live/live-notice';
import { Card } from '@/components/ui/card';
import { RefreshButton } from '@/components/ui/refresh-button';
import { can, type Operator } from '@/lib/auth/permissions';
import type { Environment } from '@/lib/config/environments';
import { goesOn } from '@/lib/diagnosis/device-diagnosis';
import { NOT_ASKED } from '@/lib/diagnosis/known';
import { getTranslations } from '@/lib/locale/get-translations';
import { activatePending } from './actions';
import type { DevicePage } from './read-device-page';

type DiagnosisSectionProps = {
  operator: Operator;
  environment: Environment;
  read: DevicePage;
};

/** Ladder and cause of one device, with the act that the cause asks for. */
export async function DiagnosisSection({ operator, environment, read }: DiagnosisSectionProps) {
  const [t, live] = await Promise.all([getTranslations('diagnosis'), getTranslations('live')]);
  const { device } = read;
  const { certificateId, diagnosis, record, status } = device;
  const { phase, connection } = diagnosis.ladder;
  const mayFollow = record.kind === NOT_ASKED.kind;
  const isHandWork =
    (phase === 'by-hand' || phase === 'without-ca') &&
    can(operator, 'certificate:update', { environment: environment.id });
  const { id, name, accountId, region, endpoints } = environment;
  const href = deviceHref(id, certificateId);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <DiagnosisCard
        device={device}
        place={{ id, name, accountId, region }}
        footer={
          status === 'PENDING_ACTIVATION' ? (
            <CloudTrailRecord
              record={record}
              askHref={`${href}?record=cloudtrail` as Route}
              liveHref={href}
            />
          ) : null
        }
      >
        {isHandWork ? (
          <ActivateButton
            environment={id}
            certificateId={certificateId}
            cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
            activate={activatePending}
          />
        ) : null}
      </DiagnosisCard>
      <Card title={t('what.activation')} actions={<RefreshButton readAt={diagnosis.at.toISOString()} />}>
        <div className="flex flex-col gap-4">
          <ActivationLadder environment={id} device={device} />
          <hr className="border-line" />
          <ConnectionState connection={connection} />
          {mayFollow ? (
            <LiveNotice
              environment={id}
              topic={{ device: { certificateId, names: namesOf(read) } }}
              readAt={diagnosis.at.toISOString()}
              goesOn={goesOn(diagnosis)}
              phase={phase}
              isThrottled={diagnosis.unseen.some(({ why }) => why === 'throttled')}
            />
          ) : (
            <p className="text-xs text-ink-muted">{live('paused')}</p>
          )}
        </div>
      </Card>
    </div>
  );
}

/** As what the device may be told of besides its certificate. */
const namesOf = ({ device: { things, commonName }, clientName }: DevicePage): string[] => [
  ...new Set([...things, clientName, ...(commonName === undefined ? [] : [commonName])]),
];
