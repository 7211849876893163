'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApprovalForm } from '@/components/acts/approval-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CliDisclosure } from '@/components/ui/cli-disclosure';
import { FailureNotice } from '@/components/ui/failure-notice';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { Spinner } from '@/components/ui/spinner';
import { PEM_BYTES_MAX } from '@/lib/pki/pem';
import type { Approval } from '@/lib/registry/approval';
import type { CliTarget } from '@/lib/registry/aws-command';
import { BROUGHT_MAX, type BroughtCertificate, type KnownCa } from '@/lib/registry/brought-certificates';
import { cliFor } from '@/lib/registry/cli';
import { BroughtTable } from './brought-table';
import { useDropped } from './use-dropped';
import { type SendRegistration, useRegistration } from './use-registration';

type RegisterCertificatesProps = {
  environment: string;
  cliTarget: CliTarget;
  /** Those that AWS has. */
  cas: readonly KnownCa[];
  /** Certificates that no known CA signed may be registered on their own. */
  mayStandAlone: boolean;
  mayCreatePolicy: boolean;
  register: SendRegistration;
};

/** For the file picker; what is dropped is judged by its content. */
const EXTENSIONS = ['.pem', '.crt', '.cer', '.der', '.txt'] as const;
/** As many commands as anybody reads; the others are the same with other files. */
const COMMANDS_MAX = 5;

/** Takes device certificates as files, and registers them: under their CA, or on their own. */
export function RegisterCertificates(props: RegisterCertificatesProps) {
  const { environment, cas, mayStandAlone, mayCreatePolicy } = props;
  const t = useTranslations('registration');
  const dropped = useDropped(cas);
  const registration = useRegistration(environment, props.register);
  const [then, setThen] = useState<'approve' | 'inactive'>('approve');
  const [approval, setApproval] = useState<Approval | undefined>(undefined);
  const { registered, isRunning, failure } = registration;

  const ready = dropped.certificates.filter(
    ({ state }) => state === 'ready' || (state === 'no-ca' && mayStandAlone),
  );
  const settledCount = ready.filter(({ certificateId }) => registered.has(certificateId)).length;
  const failedCount = ready.filter(
    ({ certificateId }) => registered.get(certificateId)?.state === 'failed',
  ).length;
  const leftCount = ready.length - settledCount + failedCount;
  const isBlocked = leftCount === 0 || dropped.isReading || (then === 'approve' && approval === undefined);

  return (
    <div className="flex flex-col gap-4">
      <Card title={t('files')}>
        <div className="flex flex-col gap-3">
          <FileDrop
            label={t('drop')}
            help={t('dropHelp', { max: BROUGHT_MAX })}
            bytesMax={PEM_BYTES_MAX}
            extensions={EXTENSIONS}
            allowsMultiple
            onContents={(contents) => void dropped.take(contents)}
          />
          {dropped.isReading ? (
            <p role="status" className="flex items-center gap-2 text-sm text-ink-muted">
              <Spinner />
              {t('reading')}
            </p>
          ) : null}
          {dropped.keyFiles.length === 0 ? null : (
            <Notice
              tone="danger"
              role="alert"
              title={t('privateKey', { names: dropped.keyFiles.join(', ') })}
            >
              <p>{t('privateKeyText')}</p>
            </Notice>
          )}
          {dropped.otherFiles.length === 0 ? null : (
            <Notice
              tone="warning"
              role="status"
              title={t('other', { names: dropped.otherFiles.join(', ') })}
            />
          )}
        </div>
      </Card>
      {dropped.certificates.length === 0 ? null : (
        <>
          <Card
            title={t('found', { count: dropped.certificates.length })}
            actions={
              <Button
                isDisabled={isRunning}
                onPress={() => {
                  dropped.clear();
                  registration.clear();
                }}
              >
                {t('clear')}
              </Button>
            }
            isFlush
          >
            <BroughtTable
              environment={environment}
              certificates={dropped.certificates}
              registered={registered}
              mayStandAlone={mayStandAlone}
            />
          </Card>
          <Card title={t('then.title')}>
            <div className="flex flex-col gap-3">
              <RadioCards
                label={t('then.label')}
                columns={2}
                value={then}
                onChange={setThen}
                isDisabled={isRunning}
                options={[
                  { value: 'approve', label: t('then.approve'), description: t('then.approveHelp') },
                  { value: 'inactive', label: t('then.inactive'), description: t('then.inactiveHelp') },
                ]}
              />
              {then === 'approve' ? (
                <ApprovalForm
                  environment={environment}
                  mayCreatePolicy={mayCreatePolicy}
                  value={approval}
                  onChange={setApproval}
                />
              ) : null}
              <Commands certificates={ready} cliTarget={props.cliTarget} />
              {failure === undefined ? null : failure.kind === 'no-answer' ? (
                <Notice tone="warning" role="alert" title={t('noAnswer')} />
              ) : (
                <FailureNotice failure={failure} />
              )}
              <div className="flex flex-wrap items-center gap-3">
                <Button
                  variant="primary"
                  isPending={isRunning}
                  isDisabled={isBlocked}
                  onPress={() => void registration.start(ready, then === 'approve' ? approval : undefined)}
                >
                  {t('register', { count: leftCount })}
                </Button>
                {isRunning ? <Button onPress={registration.stop}>{t('stop')}</Button> : null}
                <p role="status" className="text-sm tabular-nums text-ink-muted">
                  {settledCount === 0
                    ? ''
                    : t('progress', {
                        done: settledCount - failedCount,
                        failed: failedCount,
                        total: ready.length,
                      })}
                </p>
              </div>
            </div>
          </Card>
        </>
      )}
    </div>
  );
}

function Commands({
  certificates,
  cliTarget,
}: {
  certificates: readonly BroughtCertificate[];
  cliTarget: CliTarget;
}) {
  if (certificates.length === 0) return null;
  return (
    <CliDisclosure
      commands={certificates.slice(0, COMMANDS_MAX).map(({ fileName, ca }) =>
        cliFor(
          ca === undefined
            ? { kind: 'register-certificate-without-ca', certificateFile: fileName, status: 'INACTIVE' }
            : {
                kind: 'register-certificate',
                certificateFile: fileName,
                caCertificateFile: 'ca.pem',
                status: 'INACTIVE',
              },
          cliTarget,
        ),
      )}
    />
  );
}
