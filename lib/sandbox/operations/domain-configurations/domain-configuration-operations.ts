import type { Operations } from '@/lib/sandbox/operations/operation';
import { createDomainConfiguration } from './create-domain-configuration';
import * as configurations from './domain-configurations';

export const domainConfigurationOperations = {
  CreateDomainConfiguration: createDomainConfiguration,
  DescribeDomainConfiguration: configurations.describeDomainConfiguration,
  UpdateDomainConfiguration: configurations.updateDomainConfiguration,
  DeleteDomainConfiguration: configurations.deleteDomainConfiguration,
  ListDomainConfigurations: configurations.listDomainConfigurations,
} satisfies Operations;
