/**
 * IoT policies. AWS IoT API Reference: ListPolicies, GetPolicy, CreatePolicy, CreatePolicyVersion,
 * ListPolicyVersions, SetDefaultPolicyVersion, DeletePolicy.
 * @module
 */
import 'server-only';
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IoTClient,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import { toReceipt } from '@/lib/aws/receipt';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { PolicyDetail, PolicySummary, PolicyVersion } from '@/lib/registry/iot-policy';
import type { Page, PageRequest } from '@/lib/registry/page';
import type { Receipt } from '@/lib/registry/receipt';
import type { Result } from '@/lib/result';
import { toPolicyDetail, toPolicySummary, toPolicyVersion } from './to-policy';

export type PolicyOperations = {
  listPolicies(page: PageRequest): Promise<Result<Page<PolicySummary>, Failure>>;
  getPolicy(name: string): Promise<Result<PolicyDetail, Failure>>;
  createPolicy(policy: { name: string; document: string }): Promise<Result<Receipt & PolicySummary, Failure>>;
  /** All of them: there are at most five, and AWS does not page them. Newest first is AWS's order, not promised. */
  listPolicyVersions(name: string): Promise<Result<PolicyVersion[], Failure>>;
  /** The document of one version, as text. */
  getPolicyVersionDocument(name: string, versionId: string): Promise<Result<string, Failure>>;
  /** AWS keeps five versions and refuses a sixth (409). */
  createPolicyVersion(version: {
    name: string;
    document: string;
    isDefault: boolean;
  }): Promise<Result<Receipt & { versionId: string }, Failure>>;
  /** The version is in force at once, for everything the policy is attached to. */
  setDefaultPolicyVersion(name: string, versionId: string): Promise<Result<Receipt, Failure>>;
  /** AWS refuses for the default version (409). */
  deletePolicyVersion(name: string, versionId: string): Promise<Result<Receipt, Failure>>;
  /** AWS refuses while it is attached or has other versions (409), and for minutes after the last detach. */
  deletePolicy(name: string): Promise<Result<Receipt, Failure>>;
};

export function policyOperations({ call }: Caller<IoTClient>): PolicyOperations {
  return {
    listPolicies: ({ pageSize, token }) =>
      call(
        'ListPolicies',
        (iot, options) => iot.send(new ListPoliciesCommand({ pageSize, marker: token }), options),
        ({ policies, nextMarker }) => ({
          items: (policies ?? []).map(toPolicySummary),
          nextToken: nextMarker,
        }),
      ),

    async getPolicy(name) {
      const answer = await call(
        'GetPolicy',
        (iot, options) => iot.send(new GetPolicyCommand({ policyName: name }), options),
        toPolicyDetail,
      );
      return orNotFound(answer, 'policy', name);
    },

    createPolicy: ({ name, document }) =>
      call(
        'CreatePolicy',
        (iot, options) =>
          iot.send(new CreatePolicyCommand({ policyName: name, policyDocument: document }), options),
        (output) => ({ ...toReceipt(output), ...toPolicySummary(output) }),
      ),

    async listPolicyVersions(name) {
      const answer = await call(
        'ListPolicyVersions',
        (iot, options) => iot.send(new ListPolicyVersionsCommand({ policyName: name }), options),
        ({ policyVersions }) => (policyVersions ?? []).map(toPolicyVersion),
      );
      return orNotFound(answer, 'policy', name);
    },

    async getPolicyVersionDocument(name, versionId) {
      const answer = await call(
        'GetPolicyVersion',
        (iot, options) =>
          iot.send(new GetPolicyVersionCommand({ policyName: name, policyVersionId: versionId }), options),
        ({ policyDocument }) => required(policyDocument, 'policyDocument'),
      );
      return orNotFound(answer, 'policy-version', `${name}:${versionId}`);
    },

    async createPolicyVersion({ name, document, isDefault }) {
      const answer = await call(
        'CreatePolicyVersion',
        (iot, options) =>
          iot.send(
            new CreatePolicyVersionCommand({
              policyName: name,
              policyDocument: document,
              setAsDefault: isDefault,
            }),
            options,
          ),
        (output) => ({
          ...toReceipt(output),
          versionId: required(output.policyVersionId, 'policyVersionId'),
        }),
      );
      return orNotFound(answer, 'policy', name);
    },

    async setDefaultPolicyVersion(name, versionId) {
      const answer = await call(
        'SetDefaultPolicyVersion',
        (iot, options) =>
          iot.send(
            new SetDefaultPolicyVersionCommand({ policyName: name, policyVersionId: versionId }),
            options,
          ),
        toReceipt,
      );
      return orNotFound(answer, 'policy-version', `${name}:${versionId}`);
    },

    async deletePolicyVersion(name, versionId) {
      const answer = await call(
        'DeletePolicyVersion',
        (iot, options) =>
          iot.send(new DeletePolicyVersionCommand({ policyName: name, policyVersionId: versionId }), options),
        toReceipt,
      );
      return orNotFound(answer, 'policy-version', `${name}:${versionId}`);
    },

    async deletePolicy(name) {
      const answer = await call(
        'DeletePolicy',
        (iot, options) => iot.send(new DeletePolicyCommand({ policyName: name }), options),
        toReceipt,
      );
      return orNotFound(answer, 'policy', name);
    },
  };
}
