/**
 * Reading templates that AWS keeps by name. AWS IoT API Reference: ListProvisioningTemplates, DescribeProvisioningTemplate,
 * ListProvisioningTemplateVersions, DescribeProvisioningTemplateVersion, ListCACertificates (`templateName`).
 * @module
 */
import 'server-only';
import {
  DescribeProvisioningTemplateCommand,
  DescribeProvisioningTemplateVersionCommand,
  type IoTClient,
  ListCACertificatesCommand,
  ListProvisioningTemplatesCommand,
  ListProvisioningTemplateVersionsCommand,
} from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { collect } from '@/lib/aws/collect';
import { orNotFound } from '@/lib/aws/or-not-found';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import type { Page, PageRequest } from '@/lib/registry/page';
import {
  type ProvisioningTemplateDetail,
  type ProvisioningTemplateSummary,
  type ProvisioningTemplateVersion,
  TEMPLATE_VERSIONS_MAX,
  type TemplateUsers,
} from '@/lib/registry/provisioning-template';
import { ok, type Result } from '@/lib/result';
import { toTemplateDetail, toTemplateSummary, toTemplateVersion } from './to-provisioning-template';

/** As for the rows of CAs: the list is useful without, and the next click waits behind them. Our choice. */
const ROW_DETAIL_WAIT_MS_MAX = 3_000;
/** CAs named in a row of the list; a template's own page names more. */
const ROW_USERS_MAX = 10;
/** AWS keeps five; a page for twice as many is one call. */
const VERSIONS_PAGE_SIZE = 2 * TEMPLATE_VERSIONS_MAX;

/** A list row; its details and its users, or why they are missing (most often `busy`). */
export type TemplateRow = ProvisioningTemplateSummary & {
  detail: Result<ProvisioningTemplateDetail, Failure>;
  users: Result<TemplateUsers, Failure>;
};

export type ProvisioningTemplateReads = {
  listProvisioningTemplates(page: PageRequest): Promise<Result<Page<ProvisioningTemplateSummary>, Failure>>;
  /** The list with two calls per row, as far as the environment's bucket allows. */
  listTemplateRows(page: PageRequest): Promise<Result<Page<TemplateRow>, Failure>>;
  describeProvisioningTemplate(name: string): Promise<Result<ProvisioningTemplateDetail, Failure>>;
  /** All of them, newest first. */
  listTemplateVersions(name: string): Promise<Result<ProvisioningTemplateVersion[], Failure>>;
  /** The text of one version. */
  templateVersionBody(name: string, versionId: number): Promise<Result<string, Failure>>;
  /** The CAs that name the template: one call, up to `casMax` of them. */
  listTemplateUsers(name: string, casMax: number): Promise<Result<TemplateUsers, Failure>>;
};

export function provisioningTemplateReads(caller: Caller<IoTClient>): ProvisioningTemplateReads {
  const list = ({ pageSize, token }: PageRequest) =>
    caller.call(
      'ListProvisioningTemplates',
      (iot, options) =>
        iot.send(new ListProvisioningTemplatesCommand({ maxResults: pageSize, nextToken: token }), options),
      ({ templates, nextToken }) => ({ items: (templates ?? []).map(toTemplateSummary), nextToken }),
    );

  const describeOne = async ({ call }: Caller<IoTClient>, name: string) => {
    const answer = await call(
      'DescribeProvisioningTemplate',
      (iot, options) => iot.send(new DescribeProvisioningTemplateCommand({ templateName: name }), options),
      (output) => toTemplateDetail({ templateName: name, ...output }),
    );
    return orNotFound(answer, 'provisioning-template', name);
  };

  const users = ({ call }: Caller<IoTClient>, name: string, casMax: number) =>
    call(
      'ListCACertificates',
      (iot, options) =>
        iot.send(new ListCACertificatesCommand({ templateName: name, pageSize: casMax }), options),
      ({ certificates, nextMarker }): TemplateUsers => ({
        caIds: (certificates ?? []).map(({ certificateId }) => required(certificateId, 'certificateId')),
        isPartial: nextMarker !== undefined,
      }),
    );

  return {
    listProvisioningTemplates: list,
    describeProvisioningTemplate: (name) => describeOne(caller, name),
    listTemplateUsers: (name, casMax) => users(caller, name, casMax),

    async listTemplateRows(page) {
      const summaries = await list(page);
      if (!summaries.ok) return summaries;
      const patient = caller.withWait(ROW_DETAIL_WAIT_MS_MAX);
      const items = await Promise.all(
        summaries.value.items.map(async (summary) => {
          const [detail, used] = await Promise.all([
            describeOne(patient, summary.name),
            users(patient, summary.name, ROW_USERS_MAX),
          ]);
          return { ...summary, detail, users: used };
        }),
      );
      return ok({ items, nextToken: summaries.value.nextToken });
    },

    async listTemplateVersions(name) {
      const read = (token: string | undefined) =>
        caller.call(
          'ListProvisioningTemplateVersions',
          (iot, options) =>
            iot.send(
              new ListProvisioningTemplateVersionsCommand({
                templateName: name,
                maxResults: VERSIONS_PAGE_SIZE,
                nextToken: token,
              }),
              options,
            ),
          ({ versions, nextToken }) => ({ items: (versions ?? []).map(toTemplateVersion), nextToken }),
        );
      const versions = await collect(read, VERSIONS_PAGE_SIZE);
      if (!versions.ok) return orNotFound(versions, 'provisioning-template', name);
      return ok(versions.value.sort((one, other) => other.versionId - one.versionId));
    },

    async templateVersionBody(name, versionId) {
      const answer = await caller.call(
        'DescribeProvisioningTemplateVersion',
        (iot, options) =>
          iot.send(
            new DescribeProvisioningTemplateVersionCommand({ templateName: name, versionId }),
            options,
          ),
        ({ templateBody }) => templateBody ?? '',
      );
      return orNotFound(answer, 'provisioning-template-version', `${name}:${versionId}`);
    },
  };
}
