import type { ReactNode } from 'react';
import { consoleFrameProps } from '@/app/frame/console-frame-props';
import { ActsProvider } from '@/components/acts/acts-provider';
import { ConsoleFrame } from '@/components/shell/console-frame';
import { can, type OperatorPermission } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/require-permission';
import { requireEnvironment } from '@/lib/config/environments';
import {
  approveCertificates,
  deleteCertificates,
  deleteThings,
  rejectCertificates,
  revokeCertificates,
  setCertificateStatuses,
} from './acts/actions';

type EnvironmentLayoutProps = { params: Promise<{ environment: string }>; children: ReactNode };

/** The frame around the pages of one environment. Each page asks for its own permission; every role holds this one. */
export default async function EnvironmentLayout({ params, children }: EnvironmentLayoutProps) {
  const operator = await requirePermission('overview:read');
  const environment = requireEnvironment((await params).environment);
  const { id, region, endpoints, callsPerSecond } = environment;
  const may = (permission: OperatorPermission) => can(operator, permission, { environment: id });
  return (
    <ConsoleFrame {...(await consoleFrameProps(operator, environment))}>
      <ActsProvider
        environment={id}
        operatorId={operator.id}
        cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
        callsPerSecond={callsPerSecond}
        mayCreatePolicy={may('policy:create')}
        may={{
          activate: may('certificate:update'),
          deactivate: may('certificate:update'),
          approve: may('certificate:approve'),
          reject: may('certificate:revoke'),
          revoke: may('certificate:revoke'),
          'delete-certificate': may('certificate:delete'),
          'delete-thing': may('thing:delete'),
        }}
        actions={{
          setCertificateStatuses,
          approveCertificates,
          rejectCertificates,
          revokeCertificates,
          deleteCertificates,
          deleteThings,
        }}
      >
        {children}
      </ActsProvider>
    </ConsoleFrame>
  );
}
