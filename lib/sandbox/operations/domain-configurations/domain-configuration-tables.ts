import type { TableSource } from '@/lib/sandbox/state/region-state';
import type { Table } from '@/lib/sandbox/state/table';

export type DomainConfigurationRecord = {
  name: string;
  /** AWS appends five letters to the name in the ARN. */
  arnSuffix: string;
  domainType: 'AWS_MANAGED' | 'CUSTOMER_MANAGED';
  /** The name that the customer gave; an AWS managed domain has the sandbox's own. */
  domainName?: string | undefined;
  serverCertificateArn?: string | undefined;
  status: 'ENABLED' | 'DISABLED';
  statusChangedAt: number;
  securityPolicy: string;
  authenticationType: 'AWS_X509' | 'DEFAULT';
  applicationProtocol: 'SECURE_MQTT' | 'DEFAULT';
  sequence: number;
};

export class DomainConfigurationTables {
  readonly configurations: Table<DomainConfigurationRecord>;

  constructor(source: TableSource) {
    this.configurations = source.table('domain-configurations');
  }
}
