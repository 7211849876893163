/**
 * What a CA does with a device that AWS has not seen before, and the calls that change it.
 * AWS IoT Developer Guide, "Just-in-time provisioning", "Just-in-time registration"; API Reference, UpdateCACertificate.
 * @module
 */
import {
  type CaDetail,
  type CaStatus,
  isSameRegistrationConfig,
  type RegistrationConfig,
} from './certificate-authority';

/**
 * `jitp`: AWS readies the device by the CA's template; `jitr`: it waits for a rule or a person; `closed`: nothing is registered.
 */
export const CA_ROADS = ['jitp', 'jitr', 'closed'] as const;
export type CaRoad = (typeof CA_ROADS)[number];

/** As much of a CA as decides about its road. */
export type CaSwitches = Pick<CaDetail, 'status' | 'autoRegistration' | 'registrationConfig'>;

/** An inactive CA registers nobody, whatever else is set (AWS IoT Developer Guide, "Deactivate a CA certificate"). */
export function roadOf({ status, autoRegistration, registrationConfig }: CaSwitches): CaRoad {
  if (status !== 'ACTIVE' || !autoRegistration) return 'closed';
  return registrationConfig === undefined ? 'jitr' : 'jitp';
}

/** One call of UpdateCACertificate; what is not among it stays as it is. */
export type RoadStep = {
  status?: CaStatus;
  autoRegistration?: boolean;
  registrationConfig?: RegistrationConfig | 'remove';
};

export type RoadPlan =
  /** None: it is so already. */
  | { kind: 'steps'; steps: readonly RoadStep[] }
  /** JITP is a template on the CA. */
  | { kind: 'template-needed' };

/**
 * The calls that bring a CA to a road. JITP is one, so that the CA is at no moment without a template; JITR is two where there is
 * one, because AWS takes a template away only together with auto-registration: in between, devices that come are refused, and come
 * again. Closing keeps the template for the way back.
 *
 * @param template - to be attached on the way to JITP; undefined: the one that is there
 */
export function planRoad(ca: CaSwitches, to: CaRoad, template?: RegistrationConfig): RoadPlan {
  const { status, autoRegistration, registrationConfig: present } = ca;
  if (to === 'closed') {
    return { kind: 'steps', steps: autoRegistration ? [{ autoRegistration: false }] : [] };
  }
  const opening: RoadStep = {
    ...(status === 'ACTIVE' ? {} : { status: 'ACTIVE' }),
    ...(autoRegistration ? {} : { autoRegistration: true }),
  };
  if (to === 'jitr') {
    if (present !== undefined) {
      const detached: RoadStep = { autoRegistration: false, registrationConfig: 'remove' };
      return { kind: 'steps', steps: [detached, { ...opening, autoRegistration: true }] };
    }
    return stepsOf(opening);
  }
  const wanted = template ?? present;
  if (wanted === undefined) return { kind: 'template-needed' };
  // AWS looks at a config only together with auto-registration.
  return isSameRegistrationConfig(present, wanted)
    ? stepsOf(opening)
    : stepsOf({ ...opening, autoRegistration: true, registrationConfig: wanted });
}

const stepsOf = (step: RoadStep): RoadPlan => ({
  kind: 'steps',
  steps: Object.keys(step).length === 0 ? [] : [step],
});

/** What a CA is after a step. */
export const afterStep = (ca: CaSwitches, step: RoadStep): CaSwitches => ({
  status: step.status ?? ca.status,
  autoRegistration: step.autoRegistration ?? ca.autoRegistration,
  registrationConfig:
    step.registrationConfig === 'remove' ? undefined : (step.registrationConfig ?? ca.registrationConfig),
});

export const isSameSwitches = (one: CaSwitches, other: CaSwitches): boolean =>
  one.status === other.status &&
  one.autoRegistration === other.autoRegistration &&
  isSameRegistrationConfig(one.registrationConfig, other.registrationConfig);
