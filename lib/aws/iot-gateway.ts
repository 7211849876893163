/**
 * The door to AWS IoT's control plane: our words in, our words out.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import { createCaller } from './call';
import { type Connections, connectionsOf } from './connections';
import { type AccountOperations, accountOperations } from './iot/account';
import { type AttachmentChanges, attachmentChanges } from './iot/attachment-changes';
import { type AttachmentReads, attachmentReads } from './iot/attachments';
import { type AuthorizationReads, authorizationReads } from './iot/authorization';
import { type CaCertificateChanges, caCertificateChanges } from './iot/ca-certificate-changes';
import { type CaCertificateReads, caCertificateReads } from './iot/ca-certificates';
import { type CertificateOperations, certificateOperations } from './iot/certificates';
import { type ConnectivityReads, connectivityReads } from './iot/connectivity';
import { type FleetIndexReads, fleetIndexReads } from './iot/fleet-index';
import { type NamedResourceChanges, namedResourceChanges } from './iot/named-resource-changes';
import { type NamedResourceReads, namedResourceReads } from './iot/named-resources';
import { type PolicyOperations, policyOperations } from './iot/policies';
import {
  type ProvisioningTemplateChanges,
  provisioningTemplateChanges,
} from './iot/provisioning-template-changes';
import { type ProvisioningTemplateReads, provisioningTemplateReads } from './iot/provisioning-templates';
import { type ThingOperations, thingOperations } from './iot/things';
import { type TopicRuleChanges, topicRuleChanges } from './iot/topic-rule-changes';
import { type TopicRuleReads, topicRuleReads } from './iot/topic-rules';
import { spareThrottle } from './throttle';

export type IotGateway = AccountOperations &
  CaCertificateReads &
  CaCertificateChanges &
  CertificateOperations &
  PolicyOperations &
  ThingOperations &
  AttachmentReads &
  AttachmentChanges &
  AuthorizationReads &
  ConnectivityReads &
  FleetIndexReads &
  NamedResourceReads &
  NamedResourceChanges &
  ProvisioningTemplateReads &
  ProvisioningTemplateChanges &
  TopicRuleReads &
  TopicRuleChanges;

/** AWS IoT as this environment has it; all gateways of one environment share its token bucket. */
export const iotFor = (environment: Environment): IotGateway => gateway(connectionsOf(environment));

/** The same for work that nobody waits for: it has only the turns that people leave, and answers `busy` when there are none for a while. */
export function iotInBackground(environment: Environment): IotGateway {
  const connections = connectionsOf(environment);
  return gateway({ ...connections, throttle: spareThrottle(connections.throttle) });
}

function gateway({ iot, throttle, remembered }: Connections): IotGateway {
  const caller = createCaller('IoT', iot, throttle);
  return {
    ...accountOperations(caller, remembered),
    ...caCertificateReads(caller),
    ...caCertificateChanges(caller),
    ...certificateOperations(caller),
    ...policyOperations(caller),
    ...thingOperations(caller),
    ...attachmentReads(caller),
    ...attachmentChanges(caller),
    ...authorizationReads(caller),
    ...connectivityReads(caller),
    ...fleetIndexReads(caller),
    ...namedResourceReads(caller),
    ...namedResourceChanges(caller),
    ...provisioningTemplateReads(caller),
    ...provisioningTemplateChanges(caller),
    ...topicRuleReads(caller),
    ...topicRuleChanges(caller),
  };
}
