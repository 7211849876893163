/**
 * Causes that AWS refuses to let happen when somebody asks for them: what is refused, and by whom.
 * @module
 */
import type { RefusedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import { type DiagnosisBench, thingTemplate } from '@/lib/aws/diagnosis/testing/diagnosis-bench';

/** RegisterCACertificate with such a configuration. */
async function registering({ boto, maker }: DiagnosisBench, registrationConfig: object) {
  const { pem: caCertificate } = await maker.ca();
  const input = { caCertificate, certificateMode: 'SNI_ONLY', registrationConfig };
  return boto.refusal('iot.register_ca_certificate', input);
}

const withBody = (templateBody: string) => (bench: DiagnosisBench) =>
  registering(bench, { templateBody, roleArn: bench.roleArn });

async function createTemplate({ boto, roleArn }: DiagnosisBench, templateName: string, type: string) {
  const input = { templateName, templateBody: thingTemplate(), provisioningRoleArn: roleArn, type };
  await boto.ok('iot.create_provisioning_template', { ...input, enabled: true });
}

export const REFUSED_ROWS: readonly RefusedRow[] = [
  {
    mistake: 12,
    code: 'template-policy-missing',
    why: 'AWS reads the template when it is sent',
    refused: withBody(thingTemplate().replace('"PolicyName":"Fleet"', '')),
  },
  {
    mistake: 13,
    code: 'template-double-encoded',
    why: 'AWS reads the template when it is sent',
    refused: withBody(JSON.stringify(thingTemplate())),
  },
  {
    mistake: 13,
    code: 'template-unreadable',
    why: 'AWS reads the template when it is sent',
    refused: withBody('ThingName: sensor'),
  },
  {
    mistake: 18,
    code: 'template-of-other-type',
    why: 'a CA takes the name of a template for just-in-time provisioning only',
    async refused(bench) {
      await createTemplate(bench, 'of-fleet', 'FLEET_PROVISIONING');
      return registering(bench, { templateName: 'of-fleet' });
    },
  },
  {
    mistake: 21,
    code: 'template-missing',
    why: 'a template that a CA names cannot be deleted',
    async refused(bench) {
      await createTemplate(bench, 'named', 'JITP');
      await bench.fleet({ registration: { registrationConfig: { templateName: 'named' } } });
      return bench.boto.refusal('iot.delete_provisioning_template', { templateName: 'named' });
    },
  },
];
