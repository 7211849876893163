/**
 * The handler's own text, run here: what it decides, in the words of the console.
 * @module
 */
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import type { JitrCertificate, JitrDecision, JitrReason } from '@/lib/provisioning/jitr/decide';
import { handlerSource } from '@/lib/provisioning/jitr/handler-source';
import type { JitrSettings, Rejection } from '@/lib/provisioning/jitr/settings';

/** What the handler exports beside its handler. */
export type DeployedHandler = {
  decide(facts: DeployedFacts, nowMs: number): DeployedDecision;
  factsOf(pem: string, certificateId: string, status: string): DeployedFacts;
};
export type DeployedFacts = {
  status: string;
  serialHex: string;
  notBeforeMs: number;
  notAfterMs: number;
  values: Record<string, string | undefined>;
};
type DeployedDecision =
  | { kind: 'ignore'; reason: 'already-active' | 'not-pending' }
  | { kind: 'reject'; reasons: JitrReason[]; act: Rejection }
  | { kind: 'admit'; thing: { thingName: string; attributes: Record<string, string> } | null };

type ModuleBody = (require: NodeJS.Require, exports: Partial<DeployedHandler>) => void;

const require = createRequire(import.meta.url);

export function loadHandler(source: string): DeployedHandler {
  const body: ModuleBody = runInThisContext(`(function (require, exports) {${source}\n})`);
  const exports: Partial<DeployedHandler> = {};
  body(require, exports);
  const { decide, factsOf } = exports;
  if (decide === undefined || factsOf === undefined) throw new TypeError('the handler exports too little');
  return { decide, factsOf };
}

export function deployedDecision(
  settings: JitrSettings,
  certificate: JitrCertificate,
  { nowMs, allowedIds }: { nowMs: number; allowedIds: readonly string[] },
): JitrDecision {
  const source = handlerSource(settings, {
    caId: undefined,
    allowedIds: settings.allowList.kind === 'none' ? undefined : allowedIds,
  });
  const { status, serialHex, notBeforeMs, notAfterMs, subject } = certificate;
  const values = {
    CommonName: subject.commonName || undefined,
    SerialNumber: certificate.serialNumberDecimal,
    Id: certificate.certificateId,
    Country: subject.country || undefined,
    Organization: subject.organization || undefined,
    OrganizationalUnit: subject.organizationalUnit || undefined,
    StateName: subject.stateName || undefined,
    DistinguishedNameQualifier: subject.dnQualifier || undefined,
  };
  const facts = { status, serialHex, notBeforeMs, notAfterMs, values };
  const decided = loadHandler(source).decide(facts, nowMs);
  if (decided.kind !== 'admit') return decided;
  const { thing, policy } = settings;
  if (thing === undefined || decided.thing === null) return { kind: 'admit', thing: undefined, policy };
  const { typeName, groups, taken } = thing;
  const { thingName, attributes } = decided.thing;
  return { kind: 'admit', policy, thing: { name: thingName, typeName, groups, attributes, taken } };
}
