import * as iot from '@aws-sdk/client-iot';
import * as iotData from '@aws-sdk/client-iot-data-plane';
import { recordingCalls } from '@/lib/sandbox/cloudtrail/record-calls';
import { authorizationOperations } from '@/lib/sandbox/operations/authorization/authorization-operations';
import { billingGroupOperations } from '@/lib/sandbox/operations/billing-groups/billing-group-operations';
import { caCertificateOperations } from '@/lib/sandbox/operations/ca-certificates/ca-certificate-operations';
import { certificateOperations } from '@/lib/sandbox/operations/certificates/certificate-operations';
import { domainConfigurationOperations } from '@/lib/sandbox/operations/domain-configurations/domain-configuration-operations';
import { endpointOperations } from '@/lib/sandbox/operations/endpoints/endpoint-operations';
import { eventOperations } from '@/lib/sandbox/operations/events/event-operations';
import { fleetIndexOperations } from '@/lib/sandbox/operations/fleet-index/fleet-index-operations';
import { messageOperations } from '@/lib/sandbox/operations/messages/message-operations';
import { policyOperations } from '@/lib/sandbox/operations/policies/policy-operations';
import { provisioningTemplateOperations } from '@/lib/sandbox/operations/provisioning-templates/provisioning-template-operations';
import { registerThingOperations } from '@/lib/sandbox/operations/register-thing/register-thing';
import { roleAliasOperations } from '@/lib/sandbox/operations/role-aliases/role-alias-operations';
import { shadowOperations } from '@/lib/sandbox/operations/shadows/shadow-operations';
import { tagOperations } from '@/lib/sandbox/operations/tags/tag-operations';
import { thingGroupOperations } from '@/lib/sandbox/operations/thing-groups/thing-group-operations';
import { thingTypeOperations } from '@/lib/sandbox/operations/thing-types/thing-type-operations';
import { thingOperations } from '@/lib/sandbox/operations/things/thing-operations';
import { topicRuleOperations } from '@/lib/sandbox/operations/topic-rules/topic-rule-operations';
import { statusOfDataPlaneError } from './error-status';
import { operationSchemas } from './operation-codec';
import { RestJsonService } from './rest-json-service';

/** The control plane: every operation of the model has its route, these are built. */
const iotOperations = {
  ...authorizationOperations,
  ...caCertificateOperations,
  ...certificateOperations,
  ...policyOperations,
  ...provisioningTemplateOperations,
  ...registerThingOperations,
  ...tagOperations,
  ...topicRuleOperations,
  ...thingOperations,
  ...eventOperations,
  ...billingGroupOperations,
  ...thingGroupOperations,
  ...thingTypeOperations,
  ...endpointOperations,
  ...domainConfigurationOperations,
  ...roleAliasOperations,
  ...fleetIndexOperations,
};

export const iotService = new RestJsonService(
  operationSchemas(iot),
  recordingCalls('iot.amazonaws.com', iotOperations),
);

/** Topics hold slashes, which the SDKs encode and people with curl do not: the topic takes the rest of the path. */
const dataSchemas = operationSchemas(iotData).map((schema) =>
  schema.path.endsWith('/{topic}') ? { ...schema, path: schema.path.replace('{topic}', '{topic+}') } : schema,
);

/** The data plane. */
export const iotDataService = new RestJsonService(
  dataSchemas,
  { ...messageOperations, ...shadowOperations },
  statusOfDataPlaneError,
);
