import * as iot from '@aws-sdk/client-iot';
import * as iotData from '@aws-sdk/client-iot-data-plane';
import * as cas from '@/lib/sandbox/operations/ca-certificates';
import * as certificates from '@/lib/sandbox/operations/certificates';
import { describeEndpoint } from '@/lib/sandbox/operations/endpoint';
import { listThings } from '@/lib/sandbox/operations/list-things';
import * as policies from '@/lib/sandbox/operations/policies';
import * as attachments from '@/lib/sandbox/operations/policy-attachments';
import * as versions from '@/lib/sandbox/operations/policy-versions';
import { publish } from '@/lib/sandbox/operations/publish';
import { registerCaCertificate } from '@/lib/sandbox/operations/register-ca-certificate';
import {
  registerCertificate,
  registerCertificateWithoutCa,
} from '@/lib/sandbox/operations/register-certificate';
import { deleteRegistrationCode, getRegistrationCode } from '@/lib/sandbox/operations/registration-code';
import * as principals from '@/lib/sandbox/operations/thing-principals';
import * as things from '@/lib/sandbox/operations/things';
import { operationSchemas } from './operation-codec';
import { RestJsonService } from './rest-json-service';

/** The control plane: every operation of the model has its route, these are built. */
export const iotService = new RestJsonService(operationSchemas(iot), {
  GetRegistrationCode: getRegistrationCode,
  DeleteRegistrationCode: deleteRegistrationCode,
  RegisterCACertificate: registerCaCertificate,
  DescribeCACertificate: cas.describeCaCertificate,
  ListCACertificates: cas.listCaCertificates,
  UpdateCACertificate: cas.updateCaCertificate,
  DeleteCACertificate: cas.deleteCaCertificate,
  ListCertificatesByCA: certificates.listCertificatesByCa,
  RegisterCertificate: registerCertificate,
  RegisterCertificateWithoutCA: registerCertificateWithoutCa,
  DescribeCertificate: certificates.describeCertificate,
  ListCertificates: certificates.listCertificates,
  UpdateCertificate: certificates.updateCertificate,
  DeleteCertificate: certificates.deleteCertificate,
  CreatePolicy: policies.createPolicy,
  GetPolicy: policies.getPolicy,
  ListPolicies: policies.listPolicies,
  DeletePolicy: policies.deletePolicy,
  CreatePolicyVersion: versions.createPolicyVersion,
  GetPolicyVersion: versions.getPolicyVersion,
  ListPolicyVersions: versions.listPolicyVersions,
  DeletePolicyVersion: versions.deletePolicyVersion,
  SetDefaultPolicyVersion: versions.setDefaultPolicyVersion,
  AttachPolicy: attachments.attachPolicy,
  DetachPolicy: attachments.detachPolicy,
  ListTargetsForPolicy: attachments.listTargetsForPolicy,
  ListAttachedPolicies: attachments.listAttachedPolicies,
  AttachPrincipalPolicy: attachments.attachPrincipalPolicy,
  DetachPrincipalPolicy: attachments.detachPrincipalPolicy,
  ListPrincipalPolicies: attachments.listPrincipalPolicies,
  ListPolicyPrincipals: attachments.listPolicyPrincipals,
  CreateThing: things.createThing,
  DescribeThing: things.describeThing,
  ListThings: listThings,
  UpdateThing: things.updateThing,
  DeleteThing: things.deleteThing,
  AttachThingPrincipal: principals.attachThingPrincipal,
  DetachThingPrincipal: principals.detachThingPrincipal,
  ListThingPrincipals: principals.listThingPrincipals,
  ListThingPrincipalsV2: principals.listThingPrincipalsV2,
  ListPrincipalThings: principals.listPrincipalThings,
  ListPrincipalThingsV2: principals.listPrincipalThingsV2,
  DescribeEndpoint: describeEndpoint,
});

/** Topics hold slashes, which the SDKs encode and people with curl do not: the topic takes the rest of the path. */
const dataSchemas = operationSchemas(iotData).map((schema) =>
  schema.name === 'Publish' ? { ...schema, path: '/topics/{topic+}' } : schema,
);

/** The data plane. */
export const iotDataService = new RestJsonService(dataSchemas, { Publish: publish });
