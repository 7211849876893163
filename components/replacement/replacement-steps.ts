'use client';

import { useTranslations } from 'use-intl';
import type { AwsChange } from '@/lib/registry/cli';
import type { ReplacementStep } from '@/lib/registry/replacement';

/** What the files are called in the commands: the bundle's certificate, and its CA's. */
const CERTIFICATE_FILE = 'device.crt';
const CA_FILE = 'ca.pem';

export function useStepLabel(): (step: ReplacementStep) => string {
  const t = useTranslations('hierarchy.replacement.step');
  return (step) => {
    switch (step.kind) {
      case 'register-certificate':
        return t(step.withCa ? 'register' : 'registerWithoutCa');
      case 'attach-policy':
        return t('policy', { name: step.policyName });
      case 'attach-thing-principal':
        return t('thing', { name: step.thingName });
      default:
        return t('activate');
    }
  };
}

/** The same as AWS's CLI has it. */
export function toChange(step: ReplacementStep): AwsChange {
  if (step.kind !== 'register-certificate') return step;
  return step.withCa
    ? {
        kind: 'register-certificate',
        certificateFile: CERTIFICATE_FILE,
        caCertificateFile: CA_FILE,
        status: 'INACTIVE',
      }
    : { kind: 'register-certificate-without-ca', certificateFile: CERTIFICATE_FILE, status: 'INACTIVE' };
}
