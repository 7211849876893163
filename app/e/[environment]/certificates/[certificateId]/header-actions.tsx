import { CertificateActions } from '@/components/registry/certificate-actions';
import { RefreshButton } from '@/components/ui/refresh-button';
import { can, type Operator } from '@/lib/auth/permissions';
import type { Environment } from '@/lib/config/environments';
import type { CertificateDetail } from '@/lib/registry/device-certificate';
import {
  deleteCertificate,
  detachPolicy,
  detachThing,
  revokeCertificate,
  setCertificateStatus,
} from './actions';
import type { CertificatePageFacts } from './read-certificate-page';

type HeaderActionsProps = Pick<CertificatePageFacts, 'things' | 'policies'> & {
  operator: Operator;
  environment: Environment;
  certificate: CertificateDetail;
  shortName: string;
};

/** What this operator may do with the certificate. A deletion is offered only when what it would detach is known. */
export function HeaderActions(props: HeaderActionsProps) {
  const { operator, environment, certificate, shortName, things, policies } = props;
  const scope = { environment: environment.id };
  const isKnown = things.ok && policies.ok;
  const { region, endpoints } = environment;
  return (
    <>
      <RefreshButton readAt={new Date().toISOString()} />
      <CertificateActions
        environment={environment.id}
        cliTarget={{ region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } }}
        certificateId={certificate.certificateId}
        certificateArn={certificate.arn}
        status={certificate.status}
        shortName={shortName}
        thingNames={things.ok ? things.value.items : []}
        policyNames={policies.ok ? policies.value.items.map(({ name }) => name) : []}
        isPartial={isKnown && (things.value.nextToken ?? policies.value.nextToken) !== undefined}
        mayUpdate={can(operator, 'certificate:update', scope)}
        mayDelete={isKnown && can(operator, 'certificate:delete', scope)}
        setCertificateStatus={setCertificateStatus}
        revokeCertificate={revokeCertificate}
        detachThing={detachThing}
        detachPolicy={detachPolicy}
        deleteCertificate={deleteCertificate}
      />
    </>
  );
}
