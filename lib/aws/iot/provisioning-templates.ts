/**
 * Templates that AWS keeps by name. AWS IoT API Reference: DescribeProvisioningTemplate.
 * @module
 */
import 'server-only';
import { DescribeProvisioningTemplateCommand, type IoTClient } from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import { orNotFound } from '@/lib/aws/or-not-found';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

export type ProvisioningTemplateDetail = {
  name: string;
  isEnabled: boolean;
  type: 'JITP' | 'FLEET_PROVISIONING';
  /** Of the default version. */
  templateBody: string;
  roleArn: string;
};

export type ProvisioningTemplateReads = {
  describeProvisioningTemplate(name: string): Promise<Result<ProvisioningTemplateDetail, Failure>>;
};

export function provisioningTemplateReads({ call }: Caller<IoTClient>): ProvisioningTemplateReads {
  return {
    async describeProvisioningTemplate(name) {
      const answer = await call(
        'DescribeProvisioningTemplate',
        (iot, options) => iot.send(new DescribeProvisioningTemplateCommand({ templateName: name }), options),
        ({ enabled, type, templateBody, provisioningRoleArn }): ProvisioningTemplateDetail => ({
          name,
          isEnabled: enabled ?? false,
          // API Reference: the type of a template that was made without one.
          type: type ?? 'FLEET_PROVISIONING',
          templateBody: templateBody ?? '',
          roleArn: provisioningRoleArn ?? '',
        }),
      );
      return orNotFound(answer, 'provisioning-template', name);
    },
  };
}
