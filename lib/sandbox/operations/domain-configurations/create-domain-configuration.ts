import { randomInt } from 'node:crypto';
import type {
  CreateDomainConfigurationRequest,
  CreateDomainConfigurationResponse,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import { saveTags } from '@/lib/sandbox/operations/tags/saved-tags';
import type { Scope } from '@/lib/sandbox/scope';
import { type DomainConfigurationRecord, DomainConfigurationTables } from './domain-configuration-tables';
import { configurationArn } from './domain-configurations';
import { changedSettings, SECURITY_POLICY_DEFAULT } from './domain-settings';

/** AWS IoT Core endpoints and quotas: domain configurations per account and Region. */
const CONFIGURATIONS_MAX = 10;
const SUFFIX_LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const SUFFIX_LENGTH = 5;

/** RFC 1123 section 2.1 names, with at least one dot. */
const DOMAIN_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** Without a domain name AWS gives one; with one, the customer's server certificate must come along. */
export function createDomainConfiguration(
  scope: Scope,
  input: CreateDomainConfigurationRequest,
): CreateDomainConfigurationResponse {
  const name = required(input.domainConfigurationName, 'domainConfigurationName');
  const { configurations } = scope.region.family(DomainConfigurationTables);
  if (configurations.has(name)) {
    throw new ApiError(
      'ResourceAlreadyExistsException',
      'Domain configuration with given name already exists.',
    );
  }
  if (input.serviceType !== undefined && input.serviceType !== 'DATA') {
    throw invalidRequest(`AWS IoT Core supports only the DATA service type, not ${input.serviceType}`);
  }
  const settings = changedSettings(
    {
      securityPolicy: SECURITY_POLICY_DEFAULT,
      authenticationType: 'DEFAULT',
      applicationProtocol: 'DEFAULT',
    },
    input,
  );
  const domain = domainOf(input);
  if (configurations.size >= CONFIGURATIONS_MAX) {
    throw new ApiError(
      'LimitExceededException',
      `An account can have at most ${CONFIGURATIONS_MAX} domain configurations in a Region`,
    );
  }
  const configuration: DomainConfigurationRecord = {
    name,
    arnSuffix: Array.from({ length: SUFFIX_LENGTH }, () => SUFFIX_LETTERS.charAt(randomInt(26))).join(''),
    ...domain,
    ...settings,
    status: 'ENABLED',
    statusChangedAt: scope.now().getTime(),
    sequence: scope.region.nextSequence(),
  };
  const domainConfigurationArn = configurationArn(scope, configuration);
  saveTags(scope, domainConfigurationArn, input.tags);
  configurations.set(name, configuration);
  return { domainConfigurationName: name, domainConfigurationArn };
}

/** That the certificate is the domain's and is in AWS Certificate Manager cannot be asked here. */
function domainOf({
  domainName,
  serverCertificateArns = [],
  validationCertificateArn,
}: CreateDomainConfigurationRequest): Pick<
  DomainConfigurationRecord,
  'domainType' | 'domainName' | 'serverCertificateArn'
> {
  const [serverCertificateArn] = serverCertificateArns;
  if (domainName === undefined) {
    if (serverCertificateArn !== undefined || validationCertificateArn !== undefined) {
      throw invalidRequest('Must provide a valid domain name to configure.');
    }
    return { domainType: 'AWS_MANAGED' };
  }
  if (/\.(?:amazonaws\.com|amazonaws\.com\.cn)$/i.test(domainName) || serverCertificateArn === undefined) {
    throw invalidRequest('Cannot provide a custom domain name for an AWS Managed Domain');
  }
  if (!DOMAIN_NAME.test(domainName)) throw invalidRequest('Must provide a valid domain name to configure.');
  return { domainType: 'CUSTOMER_MANAGED', domainName, serverCertificateArn };
}
