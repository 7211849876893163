/**
 * The settings of a domain configuration that the sandbox's listeners have; it refuses the others rather than forget them.
 * AWS IoT Core Developer Guide, "Domain configurations" and "Configuring TLS settings in domain configurations".
 * @module
 */
import type { CreateDomainConfigurationRequest, UpdateDomainConfigurationRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '@/lib/sandbox/api-error';
import type { DomainConfigurationRecord } from './domain-configuration-tables';

/** What the sandbox's listeners speak, and AWS's default: TLS 1.2 and 1.3. */
export const SECURITY_POLICY_DEFAULT = 'IoTSecurityPolicy_TLS13_1_2_2022_10';

type Settings = Pick<
  DomainConfigurationRecord,
  'securityPolicy' | 'authenticationType' | 'applicationProtocol'
>;
type Given = Omit<CreateDomainConfigurationRequest & UpdateDomainConfigurationRequest, 'tags'>;

/** The settings with what `given` changes; what is not given stays. */
export function changedSettings(before: Settings, given: Given): Settings {
  if (given.authorizerConfig !== undefined || given.removeAuthorizerConfig === true) {
    throw unsupported('authorizerConfig', 'it has no custom authorizers');
  }
  if (given.clientCertificateConfig?.clientCertificateCallbackArn !== undefined) {
    throw unsupported('clientCertificateConfig', 'it calls no Lambda function when a client connects');
  }
  const { enableOCSPCheck, ocspLambdaArn, ocspAuthorizedResponderArn } = given.serverCertificateConfig ?? {};
  if (enableOCSPCheck === true || ocspLambdaArn !== undefined || ocspAuthorizedResponderArn !== undefined) {
    throw unsupported('serverCertificateConfig', 'its server certificate has no OCSP responder');
  }
  return {
    securityPolicy: securityPolicy(given.tlsConfig?.securityPolicy ?? before.securityPolicy),
    authenticationType: authenticationType(given.authenticationType ?? before.authenticationType),
    applicationProtocol: applicationProtocol(given.applicationProtocol ?? before.applicationProtocol),
  };
}

function securityPolicy(name: string): string {
  if (name === SECURITY_POLICY_DEFAULT) return name;
  throw unsupported(`tlsConfig.securityPolicy ${name}`, `every listener follows ${SECURITY_POLICY_DEFAULT}`);
}

function authenticationType(type: string): Settings['authenticationType'] {
  if (type === 'AWS_X509' || type === 'DEFAULT') return type;
  throw unsupported(`authenticationType ${type}`, 'devices come with certificates: use AWS_X509');
}

function applicationProtocol(protocol: string): Settings['applicationProtocol'] {
  if (protocol === 'SECURE_MQTT' || protocol === 'DEFAULT') return protocol;
  throw unsupported(`applicationProtocol ${protocol}`, 'use SECURE_MQTT or DEFAULT');
}

const unsupported = (what: string, why: string) =>
  invalidRequest(`${what} is not supported by the sandbox: ${why}`);
