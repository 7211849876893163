/**
 * What AWS would make of a device that connects with this bundle.
 * AWS IoT Developer Guide, "Just-in-time provisioning"; the single causes are the diagnosis's own.
 * @module
 */
import { diagnose } from '@/lib/diagnosis/diagnose';
import type { PreFlightCheck } from './check';
import { clientId, endpoint, serverRoot, validity } from './connection-checks';
import type { PreFlightFacts } from './judgement';
import { provisioning } from './provisioning-checks';
import { ca, contact, issuer } from './registration-checks';

export function registryChecks(input: PreFlightFacts, now: Date): PreFlightCheck[] {
  const diagnosis = diagnose(input.facts, now);
  return [
    validity(input, diagnosis, now),
    endpoint(input),
    serverRoot(input),
    issuer(input, diagnosis),
    ca(input, diagnosis),
    contact(input, diagnosis),
    ...provisioning(input, diagnosis),
    clientId(input),
  ];
}
