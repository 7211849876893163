/**
 * Whether a CA that is already registered is registered as wanted.
 * @module
 */
import type { CaDetail, RegistrationConfig } from '@/lib/registry/certificate-authority';
import type { Registration } from './registration';
import type { CaDifference } from './run-plan';

type Wanted = Pick<Registration, 'mode' | 'setAsActive' | 'autoRegistration' | 'registrationConfig'>;
type Registered = Pick<CaDetail, 'mode' | 'status' | 'autoRegistration' | 'registrationConfig'>;

/** What differs; an empty list means that nothing is left to do. */
export function caDifferences(wanted: Wanted, registered: Registered): CaDifference[] {
  const status = wanted.setAsActive ? 'ACTIVE' : 'INACTIVE';
  return [
    ...(registered.status === status ? [] : (['status'] as const)),
    ...(registered.autoRegistration === wanted.autoRegistration ? [] : (['autoRegistration'] as const)),
    ...(registered.mode === wanted.mode ? [] : (['mode'] as const)),
    ...(isSameConfig(wanted.registrationConfig, registered.registrationConfig)
      ? []
      : (['registrationConfig'] as const)),
  ];
}

function isSameConfig(one: RegistrationConfig | undefined, other: RegistrationConfig | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind === 'named') return other.kind === 'named' && one.templateName === other.templateName;
  return (
    other.kind === 'inline' &&
    one.roleArn === other.roleArn &&
    isSameJson(one.templateBody, other.templateBody)
  );
}

/** Two JSON texts that differ at most in white space and escapes; texts that are no JSON have to be equal. */
export function isSameJson(one: string, other: string): boolean {
  return one === other || normalized(one) === normalized(other);
}

function normalized(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    // Text that is no JSON stands for itself.
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
