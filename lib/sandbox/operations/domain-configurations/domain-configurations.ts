import type {
  DeleteDomainConfigurationRequest,
  DescribeDomainConfigurationRequest,
  DescribeDomainConfigurationResponse,
  ListDomainConfigurationsRequest,
  ListDomainConfigurationsResponse,
  UpdateDomainConfigurationRequest,
  UpdateDomainConfigurationResponse,
} from '@aws-sdk/client-iot';
import { invalidRequest, notFound, required } from '@/lib/sandbox/api-error';
import { ENDPOINT_ADDRESS } from '@/lib/sandbox/operations/endpoints/describe-endpoint';
import { pageOf } from '@/lib/sandbox/operations/page';
import { forgetTags } from '@/lib/sandbox/operations/tags/saved-tags';
import type { Scope } from '@/lib/sandbox/scope';
import { type DomainConfigurationRecord, DomainConfigurationTables } from './domain-configuration-tables';
import { changedSettings, SECURITY_POLICY_DEFAULT } from './domain-settings';

/** Every account has the configuration of its endpoint; it can be read, and the sandbox does not change it. */
const ACCOUNT_ENDPOINT = 'iot:Data-ATS';

const DISABLED_BEFORE_DELETION_MS = 7 * 24 * 60 * 60 * 1000;

export function describeDomainConfiguration(
  scope: Scope,
  input: DescribeDomainConfigurationRequest,
): DescribeDomainConfigurationResponse {
  if (input.domainConfigurationName === ACCOUNT_ENDPOINT) return accountEndpoint(scope);
  const configuration = requireConfiguration(scope, input.domainConfigurationName);
  const { serverCertificateArn } = configuration;
  return {
    domainConfigurationName: configuration.name,
    domainConfigurationArn: configurationArn(scope, configuration),
    domainName: configuration.domainName ?? ENDPOINT_ADDRESS,
    serverCertificates:
      serverCertificateArn === undefined ? [] : [{ serverCertificateArn, serverCertificateStatus: 'VALID' }],
    domainConfigurationStatus: configuration.status,
    serviceType: 'DATA',
    domainType: configuration.domainType,
    lastStatusChangeDate: new Date(configuration.statusChangedAt),
    tlsConfig: { securityPolicy: configuration.securityPolicy },
    serverCertificateConfig: { enableOCSPCheck: false },
    authenticationType: configuration.authenticationType,
    applicationProtocol: configuration.applicationProtocol,
  };
}

/** The status date moves only when the status does. */
export function updateDomainConfiguration(
  scope: Scope,
  input: UpdateDomainConfigurationRequest,
): UpdateDomainConfigurationResponse {
  if (input.domainConfigurationName === ACCOUNT_ENDPOINT) {
    throw invalidRequest(`Updating ${ACCOUNT_ENDPOINT} is not supported by the sandbox`);
  }
  const before = requireConfiguration(scope, input.domainConfigurationName);
  const status = input.domainConfigurationStatus ?? before.status;
  const statusChangedAt = status === before.status ? before.statusChangedAt : scope.now().getTime();
  const { configurations } = scope.region.family(DomainConfigurationTables);
  configurations.set(before.name, { ...before, ...changedSettings(before, input), status, statusChangedAt });
  return {
    domainConfigurationName: before.name,
    domainConfigurationArn: configurationArn(scope, before),
  };
}

/** What is enabled is in use; an AWS managed domain must have been disabled for a week as well. */
export function deleteDomainConfiguration(scope: Scope, input: DeleteDomainConfigurationRequest): object {
  const configuration = requireConfiguration(scope, input.domainConfigurationName);
  if (configuration.status !== 'DISABLED') {
    throw invalidRequest('Domain configuration must be disabled before it can be deleted.');
  }
  const disabledForMs = scope.now().getTime() - configuration.statusChangedAt;
  if (configuration.domainType === 'AWS_MANAGED' && disabledForMs < DISABLED_BEFORE_DELETION_MS) {
    throw invalidRequest(
      'AWS Managed Domain Configuration must be disabled for at least 7 days before it can be deleted',
    );
  }
  scope.region.family(DomainConfigurationTables).configurations.delete(configuration.name);
  forgetTags(scope, configurationArn(scope, configuration));
  return {};
}

export function listDomainConfigurations(
  scope: Scope,
  { serviceType, marker, pageSize }: ListDomainConfigurationsRequest,
): ListDomainConfigurationsResponse {
  const { domainConfigurationName, domainConfigurationArn } = accountEndpoint(scope);
  const made = [...scope.region.family(DomainConfigurationTables).configurations.values()];
  const all = [
    { name: domainConfigurationName, arn: domainConfigurationArn, sequence: 0 },
    ...made.map((one) => ({ name: one.name, arn: configurationArn(scope, one), sequence: one.sequence })),
  ];
  const { items, next } = pageOf(
    scope,
    { of: ['ListDomainConfigurations', serviceType], token: marker, size: pageSize },
    {
      items: serviceType === undefined || serviceType === 'DATA' ? all : [],
      keyOf: ({ sequence }) => sequence,
    },
  );
  return {
    domainConfigurations: items.map(({ name, arn }) => ({
      domainConfigurationName: name,
      domainConfigurationArn: arn,
      serviceType: 'DATA',
    })),
    nextMarker: next,
  };
}

export const configurationArn = (
  { region }: Scope,
  { name, arnSuffix }: Pick<DomainConfigurationRecord, 'name' | 'arnSuffix'>,
) => region.arn(`domainconfiguration/${name}/${arnSuffix}`);

const accountEndpoint = ({ region }: Scope): DescribeDomainConfigurationResponse => ({
  domainConfigurationName: ACCOUNT_ENDPOINT,
  domainConfigurationArn: region.arn(`domainconfiguration/${ACCOUNT_ENDPOINT}`),
  domainName: ENDPOINT_ADDRESS,
  serverCertificates: [],
  domainConfigurationStatus: 'ENABLED',
  serviceType: 'DATA',
  domainType: 'ENDPOINT',
  tlsConfig: { securityPolicy: SECURITY_POLICY_DEFAULT },
});

function requireConfiguration(scope: Scope, name: string | undefined): DomainConfigurationRecord {
  const configuration = scope.region
    .family(DomainConfigurationTables)
    .configurations.get(required(name, 'domainConfigurationName'));
  if (!configuration) throw notFound('The specified resource does not exist.');
  return configuration;
}
