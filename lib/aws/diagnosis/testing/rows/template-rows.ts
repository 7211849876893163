/**
 * Provisioning that the template, or what it names, keeps from coming to its end.
 * @module
 */
import type { DiagnosedRow } from '@/lib/aws/diagnosis/testing/diagnosed-row';
import { type DiagnosisBench, thingTemplate } from '@/lib/aws/diagnosis/testing/diagnosis-bench';
import { ref } from '@/lib/sandbox/jitp/testing/template-text';
import type { CertificateOrder } from '@/lib/sandbox/testing/certificate-maker';

/** A device that came once, under a CA with that template. */
async function stuck(bench: DiagnosisBench, templateBody: string, leafOrder: CertificateOrder = {}) {
  const device = await bench.fleet({ registration: bench.inline(templateBody), leafOrder });
  await bench.firstConnect(device);
  return { device: device.leaf };
}

/** Under a CA that names its template. */
async function stuckByName(bench: DiagnosisBench, templateName: string, more: object) {
  await bench.boto.ok('iot.create_provisioning_template', {
    ...{ templateName, templateBody: thingTemplate(), provisioningRoleArn: bench.roleArn, type: 'JITP' },
    ...more,
  });
  const device = await bench.fleet({ registration: { registrationConfig: { templateName } } });
  await bench.firstConnect(device);
  return { device: device.leaf };
}

export const TEMPLATE_ROWS: readonly DiagnosedRow[] = [
  {
    mistake: 2,
    code: 'template-value-missing',
    state: 'the template asks for the country, and the subject has a common name only',
    bring: (bench) => stuck(bench, thingTemplate({ AttributePayload: { country: ref('Country') } })),
  },
  {
    mistake: 3,
    code: 'common-name-garbled',
    state: 'OpenSSL was given a -subj that a shell of Windows had turned into one attribute',
    also: ['name-invalid'],
    bring: (bench) => stuck(bench, thingTemplate(), { subject: '/CN=testThingC\\\\=US' }),
  },
  {
    mistake: 20,
    code: 'names-missing',
    state: 'the template names a policy that is not there',
    bring: (bench) => stuck(bench, thingTemplate().replace('"Fleet"', '"nowhere"')),
  },
  ...(['ThingTypeName', 'BillingGroup', 'ThingGroups'] as const).map(
    (property): DiagnosedRow => ({
      mistake: 20,
      code: 'names-missing',
      state: `the template's ${property} names what is not there`,
      bring: (bench) =>
        stuck(bench, thingTemplate({ [property]: property === 'ThingGroups' ? ['nowhere'] : 'nowhere' })),
    }),
  ),
  {
    mistake: 21,
    code: 'template-disabled',
    state: 'the CA names a template that is switched off',
    bring: (bench) => stuckByName(bench, 'asleep', { enabled: false }),
  },
  {
    mistake: 28,
    code: 'name-invalid',
    state: 'the common name has a space, and things are named by it',
    bring: (bench) => stuck(bench, thingTemplate(), { subject: '/CN=press 1' }),
  },
  {
    code: 'template-fails',
    state: 'the template gives the thing more attributes than one without a type may have',
    bring: (bench) => stuck(bench, thingTemplate({ AttributePayload: { a: '1', b: '2', c: '3', d: '4' } })),
  },
];
