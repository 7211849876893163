/**
 * Gateways for diagnoses that run together: what is the same for all devices of a CA (the CA, its template, its role, what the
 * template names, the rules that hear of it) is asked once.
 * @module
 */
import 'server-only';
import { type AskedGateways, gatewaysOf } from '@/lib/aws/diagnosis/inquiry';
import type { Environment } from '@/lib/config/environments';

export type SharedGateways = {
  gateways: AskedGateways;
  /** Calls that were really made. */
  calls(): number;
};

/** Of one request: nothing is remembered beyond it, so that what was mended is seen at the next look. */
export function sharedGateways(environment: Environment): SharedGateways {
  let calls = 0;
  const once = <Arguments extends unknown[], Value>(call: (...args: Arguments) => Promise<Value>) => {
    const answers = new Map<string, Promise<Value>>();
    return (...args: Arguments): Promise<Value> => {
      const key = JSON.stringify(args);
      const known = answers.get(key);
      if (known !== undefined) return known;
      calls += 1;
      const answer = call(...args);
      answers.set(key, answer);
      return answer;
    };
  };
  const { iot, iam, lambda } = gatewaysOf(environment);
  return {
    calls: () => calls,
    gateways: {
      iot: {
        ...iot,
        describeCertificate: once(iot.describeCertificate),
        describeCaCertificate: once(iot.describeCaCertificate),
        describeProvisioningTemplate: once(iot.describeProvisioningTemplate),
        getPolicy: once(iot.getPolicy),
        hasThingType: once(iot.hasThingType),
        hasThingGroup: once(iot.hasThingGroup),
        hasBillingGroup: once(iot.hasBillingGroup),
        listTopicRules: once(iot.listTopicRules),
        functionsOfRule: once(iot.functionsOfRule),
      },
      iam: { ...iam, getRole: once(iam.getRole), deniedActions: once(iam.deniedActions) },
      lambda: { ...lambda, mayRuleCall: once(lambda.mayRuleCall) },
    },
  };
}
