import type { CertificateFacts } from '@/lib/provisioning/certificate-parameters';
import { evaluate } from '@/lib/provisioning/evaluate';
import { UNKNOWN_REGISTRY } from '@/lib/provisioning/registry-facts';
import type { Template } from '@/lib/provisioning/template';

/** What a device calls itself: the thing that the CA's template makes of its certificate, else its common name. */
export function thingNameOf(template: Template, certificate: CertificateFacts): string {
  const evaluation = evaluate({ template, certificate, registry: UNKNOWN_REGISTRY });
  const thing = evaluation.kind === 'plan' ? evaluation.plan.thing?.name : undefined;
  return thing ?? certificate.subject.commonName ?? '';
}
