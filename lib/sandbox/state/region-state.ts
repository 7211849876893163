import type {
  CaCertificateRecord,
  CertificateRecord,
  PolicyAttachmentRecord,
  PolicyRecord,
  ThingPrincipalRecord,
  ThingRecord,
} from './records';
import type { Relation } from './relation';
import type { Store } from './store';
import type { Table } from './table';

/** Where a family of operations gets its tables from; names are unique within a Region. */
export type TableSource = {
  table<Row extends object>(name: string): Table<Row>;
  relation<Data extends object>(name: string): Relation<Data>;
};
export type TableFamily<Tables extends object> = new (source: TableSource) => Tables;

/** Everything AWS IoT keeps per account and Region. */
export class RegionState {
  readonly name: string;
  readonly accountId: string;
  readonly registrationCodes: Table<{ code: string }>;
  readonly caCertificates: Table<CaCertificateRecord>;
  readonly certificates: Table<CertificateRecord>;
  readonly policies: Table<PolicyRecord>;
  readonly things: Table<ThingRecord>;
  /** Policy name to the ARN of a certificate (or another target). */
  readonly policyAttachments: Relation<PolicyAttachmentRecord>;
  /** Thing name to the ARN of a principal. */
  readonly thingPrincipals: Relation<ThingPrincipalRecord>;
  readonly #store: Store;
  #holders = 0;
  readonly #families = new Map<TableFamily<object>, object>();
  readonly #casBySubject;
  readonly #certificatesByCa;

  constructor(name: string, { accountId, store }: { accountId: string; store: Store }) {
    this.name = name;
    this.accountId = accountId;
    this.#store = store;
    this.registrationCodes = store.table(`${name}/registration-code`);
    this.caCertificates = store.table(`${name}/ca-certificates`);
    this.certificates = store.table(`${name}/certificates`);
    this.policies = store.table(`${name}/policies`);
    this.things = store.table(`${name}/things`);
    this.policyAttachments = store.relation(`${name}/policy-attachments`);
    this.thingPrincipals = store.relation(`${name}/thing-principals`);
    this.#casBySubject = this.caCertificates.indexBy((ca) => ca.subject);
    this.#certificatesByCa = this.certificates.indexBy((certificate) => certificate.caCertificateId);
  }

  /** Registered CAs whose subject `node:crypto` prints as `subject`; at most 10. */
  caCertificatesBySubject(subject: string): readonly CaCertificateRecord[] {
    return this.#casBySubject.get(subject);
  }

  certificatesByCa(caCertificateId: string): readonly CertificateRecord[] {
    return this.#certificatesByCa.get(caCertificateId);
  }

  /** The tables of one family of operations, made on first use; they live and are reset with the Region's own. */
  family<Tables extends object>(Family: TableFamily<Tables>): Tables {
    const known = this.#families.get(Family);
    if (known instanceof Family) return known;
    const tables = new Family({
      table: (name) => this.#store.table(`${this.name}/${name}`),
      relation: (name) => this.#store.relation(`${this.name}/${name}`),
    });
    this.#families.set(Family, tables);
    return tables;
  }

  /** Keeps the Region from being forgotten, however empty it is, while somebody works on it. Answers what ends that. */
  hold(): () => void {
    this.#holders += 1;
    return () => {
      this.#holders -= 1;
    };
  }

  get isHeld(): boolean {
    return this.#holders > 0;
  }

  nextSequence(): number {
    return this.#store.nextSequence();
  }

  certificateArn(certificateId: string): string {
    return this.arn(`cert/${certificateId}`);
  }

  caCertificateArn(certificateId: string): string {
    return this.arn(`cacert/${certificateId}`);
  }

  policyArn(policyName: string): string {
    return this.arn(`policy/${policyName}`);
  }

  thingArn(thingName: string): string {
    return this.arn(`thing/${thingName}`);
  }

  /** @param resource - for example `thinggroup/pumps` */
  arn(resource: string): string {
    return `arn:aws:iot:${this.name}:${this.accountId}:${resource}`;
  }
}
