/**
 * The graph around one thing, certificate, policy or CA, in a dozen calls at most: what is not looked into is drawn without what
 * hangs on it.
 * @module
 */
import 'server-only';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { CaDetail } from '@/lib/registry/certificate-authority';
import type { Page } from '@/lib/registry/page';
import type { Principal } from '@/lib/registry/principal';
import {
  RELATION_NODES_MAX,
  type RelationKind,
  type RelationSubject,
  type Relations,
} from '@/lib/registry/relations';
import { fail, ok, type Result } from '@/lib/result';
import { RelationGraph } from './relation-graph';

/** Of several certificates the first ones are looked into: two calls each. A thing has one, or two while it changes. */
const CERTIFICATES_READ_MAX = 3;
/** One call each. */
const THINGS_READ_MAX = 2;

/** A template on the CA itself has no name. */
const INLINE_TEMPLATE = '';

const FIRST = { pageSize: RELATION_NODES_MAX, token: undefined };

/** @returns a failure only when the one that was asked for cannot be read */
export async function readRelations(
  environment: Environment,
  subject: RelationSubject,
  name: string,
): Promise<Result<{ relations: Relations; failures: readonly Failure[] }, Failure>> {
  const reader = new RelationReader(iotFor(environment));
  const failure = await reader.read(subject, name);
  if (failure !== undefined) return fail(failure);
  return ok({ relations: reader.graph.relations(), failures: reader.graph.failures });
}

class RelationReader {
  readonly graph = new RelationGraph();
  readonly #iot: IotGateway;

  constructor(iot: IotGateway) {
    this.#iot = iot;
  }

  async read(subject: RelationSubject, name: string): Promise<Failure | undefined> {
    switch (subject) {
      case 'thing':
        return this.#readThing(name);
      case 'certificate':
        return this.#readCertificate(name);
      case 'policy':
        return this.#readPolicy(name);
      case 'ca':
        return this.#readCa(name);
    }
  }

  async #readThing(name: string): Promise<Failure | undefined> {
    const [thing, principals] = await Promise.all([
      this.#iot.describeThing(name),
      this.#iot.listThingPrincipals(name, FIRST),
    ]);
    if (!thing.ok) return thing.failure;
    const id = this.graph.add('thing', name);
    const certificates = this.#addPrincipals(id, 'certificate', this.graph.read(principals));
    await Promise.all([
      this.#addGroups(id, name),
      ...certificates.slice(0, CERTIFICATES_READ_MAX).map((each) => this.#lookIntoCertificate(each, id)),
    ]);
    return undefined;
  }

  async #readCertificate(certificateId: string): Promise<Failure | undefined> {
    const certificate = await this.#iot.describeCertificate(certificateId);
    if (!certificate.ok) return certificate.failure;
    const { status, arn, caId } = certificate.value;
    const id = this.graph.add('certificate', certificateId, status);
    const [things] = await Promise.all([
      this.#iot.listPrincipalThings(arn, FIRST),
      this.#addPolicies(id, arn),
      caId === undefined ? undefined : this.#lookIntoCa(caId, id),
    ]);
    await this.#addThings(id, this.graph.read(things));
    return undefined;
  }

  async #readPolicy(name: string): Promise<Failure | undefined> {
    const [policy, targets] = await Promise.all([
      this.#iot.getPolicy(name),
      this.#iot.listPolicyTargets(name, FIRST),
    ]);
    if (!policy.ok) return policy.failure;
    const id = this.graph.add('policy', name);
    const certificates = this.#addPrincipals(id, 'other', this.graph.read(targets));
    await Promise.all(
      certificates.slice(0, CERTIFICATES_READ_MAX).map(async ({ arn, certificateId }) => {
        const things = await this.#iot.listPrincipalThings(arn, FIRST);
        const certificate = this.graph.add('certificate', certificateId);
        this.#linkAll('thing', certificate, this.graph.read(things));
      }),
    );
    return undefined;
  }

  async #readCa(caId: string): Promise<Failure | undefined> {
    const [ca, certificates] = await Promise.all([
      this.#iot.describeCaCertificate(caId),
      this.#iot.listCertificatesByCa(caId, FIRST),
    ]);
    if (!ca.ok) return ca.failure;
    const id = this.#addCa(ca.value);
    const page = this.graph.read(certificates);
    for (const { certificateId, status } of page?.items ?? []) {
      this.graph.link(id, this.graph.add('certificate', certificateId, status));
    }
    if (page?.nextToken !== undefined) this.graph.addFurther('certificate', 0, true);
    await Promise.all([
      this.#addTemplateRole(ca.value),
      ...(page?.items ?? [])
        .slice(0, CERTIFICATES_READ_MAX)
        .map(({ arn, certificateId, status }) => this.#lookAround(arn, certificateId, status)),
    ]);
    return undefined;
  }

  /** Things and policies of one certificate of many. */
  async #lookAround(arn: string, certificateId: string, status: string): Promise<void> {
    const id = this.graph.add('certificate', certificateId, status);
    const [things] = await Promise.all([
      this.#iot.listPrincipalThings(arn, FIRST),
      this.#addPolicies(id, arn),
    ]);
    this.#linkAll('thing', id, this.graph.read(things));
  }

  async #lookIntoCertificate(
    { arn, certificateId }: { arn: string; certificateId: string },
    thing: string | undefined,
  ): Promise<void> {
    const [certificate] = await Promise.all([
      this.#iot.describeCertificate(certificateId),
      this.#addPolicies(this.graph.add('certificate', certificateId), arn),
    ]);
    const detail = this.graph.read(certificate);
    const id = this.graph.add('certificate', certificateId, detail?.status);
    this.graph.link(id, thing);
    if (detail?.caId !== undefined) await this.#lookIntoCa(detail.caId, id);
  }

  async #lookIntoCa(caId: string, certificate: string | undefined): Promise<void> {
    // Two certificates of one thing have the same CA as a rule: it is read once.
    const known = this.graph.relations().nodes.some(({ kind, name }) => kind === 'ca' && name === caId);
    this.graph.link(this.graph.add('ca', caId), certificate);
    if (known) return;
    const ca = this.graph.read(await this.#iot.describeCaCertificate(caId));
    if (ca === undefined) return;
    this.graph.link(this.#addCa(ca), certificate);
    await this.#addTemplateRole(ca);
  }

  #addCa(ca: CaDetail): string | undefined {
    const { caId, status, registrationConfig: config } = ca;
    const id = this.graph.add('ca', caId, status);
    if (config === undefined) return id;
    const template = this.graph.add(
      'template',
      config.kind === 'named' ? config.templateName : INLINE_TEMPLATE,
    );
    this.graph.link(template, id);
    if (config.kind === 'inline') this.graph.link(this.graph.add('role', config.roleArn), template);
    return id;
  }

  /** A template that has a name has its role with it. */
  async #addTemplateRole({ registrationConfig: config }: CaDetail): Promise<void> {
    if (config?.kind !== 'named') return;
    const template = this.graph.read(await this.#iot.describeProvisioningTemplate(config.templateName));
    if (template === undefined || template.roleArn === '') return;
    this.graph.link(
      this.graph.add('role', template.roleArn),
      this.graph.add('template', config.templateName),
    );
  }

  async #addPolicies(id: string | undefined, arn: string): Promise<void> {
    const page = this.graph.read(await this.#iot.listAttachedPolicies(arn, FIRST));
    this.#linkAll('policy', id, page && { ...page, items: page.items.map(({ name }) => name) });
  }

  async #addThings(id: string | undefined, page: Page<string> | undefined): Promise<void> {
    this.#linkAll('thing', id, page);
    const looked = (page?.items ?? []).slice(0, THINGS_READ_MAX);
    await Promise.all(looked.map((name) => this.#addGroups(this.graph.add('thing', name), name)));
  }

  async #addGroups(id: string | undefined, thingName: string): Promise<void> {
    this.#linkAll('group', id, this.graph.read(await this.#iot.listThingGroups(thingName, FIRST)));
  }

  #linkAll(kind: RelationKind, id: string | undefined, page: Page<string> | undefined): void {
    for (const name of page?.items ?? []) this.graph.link(id, this.graph.add(kind, name));
    if (page?.nextToken !== undefined) this.graph.addFurther(kind, 0, true);
  }

  /** @returns those that are certificates */
  #addPrincipals(
    id: string | undefined,
    further: RelationKind,
    page: Page<Principal> | undefined,
  ): { arn: string; certificateId: string }[] {
    for (const principal of page?.items ?? []) this.graph.link(id, this.#addPrincipal(principal));
    if (page?.nextToken !== undefined) this.graph.addFurther(further, 0, true);
    return (page?.items ?? []).flatMap((principal) => (principal.kind === 'certificate' ? [principal] : []));
  }

  #addPrincipal(principal: Principal): string | undefined {
    switch (principal.kind) {
      case 'certificate':
        return this.graph.add('certificate', principal.certificateId);
      case 'thing-group':
        return this.graph.add('group', principal.groupName);
      case 'other':
        return this.graph.add('other', principal.arn);
    }
  }
}
