/**
 * What is typed to switch a fault on, and the order it makes.
 * @module
 */
import {
  EVERY_OPERATION,
  FAULT_COUNT_MAX,
  type FaultKind,
  type FaultOrder,
  LATENCY_MS_MAX,
} from '@/lib/registry/sandbox-activity';
import { fail, ok, type Result } from '@/lib/result';

/** Numbers are `NaN` while their field is empty. */
export type FaultForm = {
  operation: string;
  fault: FaultKind;
  latencyMs: number;
  count: number;
  /** From 0 to 1. */
  probability: number;
};

export type FaultField = 'operation' | 'latency' | 'count' | 'probability';

export const EMPTY_FAULT: FaultForm = {
  operation: '',
  fault: 'throttling',
  latencyMs: 2000,
  count: Number.NaN,
  probability: Number.NaN,
};

/** Names of operations as AWS's service models write them; the sandbox knows which of them it has. */
const OPERATION = /^[A-Z][A-Za-z0-9]{2,63}$/;

export const isOperation = (text: string): boolean => text === EVERY_OPERATION || OPERATION.test(text);

/** @returns the fields that cannot be used, when there are any */
export function toFaultOrder(form: FaultForm): Result<FaultOrder, FaultField[]> {
  const operation = form.operation.trim();
  const { fault, latencyMs, count, probability } = form;
  const isCounted = !Number.isNaN(count);
  const isShared = !Number.isNaN(probability);
  const faulty: Record<FaultField, boolean> = {
    operation: !isOperation(operation),
    latency: fault === 'latency' && !isWhole(latencyMs, LATENCY_MS_MAX),
    count: isCounted && !isWhole(count, FAULT_COUNT_MAX),
    probability: isShared && !(probability >= 0.01 && probability <= 1),
  };
  const fields = FIELDS.filter((field) => faulty[field]);
  if (fields.length > 0) return fail(fields);
  return ok({
    operation,
    fault,
    ...(fault === 'latency' && { latencyMs }),
    ...(isCounted && { count }),
    ...(isShared && { probability }),
  });
}

const FIELDS = ['operation', 'latency', 'count', 'probability'] as const;

const isWhole = (value: number, max: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= max;

/** What the console itself calls, and what devices and factories call most; any other name can be typed. */
export const SUGGESTED_OPERATIONS = [
  EVERY_OPERATION,
  'AttachPolicy',
  'AttachThingPrincipal',
  'CreateKeysAndCertificate',
  'CreatePolicy',
  'CreateThing',
  'DeleteCertificate',
  'DeletePolicy',
  'DeleteThing',
  'DescribeCACertificate',
  'DescribeCertificate',
  'DescribeEndpoint',
  'DescribeThing',
  'DetachPolicy',
  'DetachThingPrincipal',
  'GetCallerIdentity',
  'GetPolicy',
  'GetRegistrationCode',
  'GetRole',
  'ListAttachedPolicies',
  'ListCACertificates',
  'ListCertificates',
  'ListCertificatesByCA',
  'ListPolicies',
  'ListThingPrincipals',
  'ListThings',
  'Publish',
  'RegisterCACertificate',
  'RegisterCertificate',
  'RegisterThing',
  'UpdateCACertificate',
  'UpdateCertificate',
] as const;
