/**
 * What can be said of a CA's template before a device is issued.
 * @module
 */
import type { Failure } from '@/lib/failure';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import { type IssuingTemplate, templateBodyOf } from '@/lib/registry/issuing-ca';

/** `unread`: AWS did not tell the text. The others provision nobody; `gone`: the CA names one that AWS does not have. */
export type TemplateTrouble =
  | { kind: 'unread'; failure: Failure }
  | { kind: 'gone' | 'not-jitp' | 'disabled' | 'unreadable' };

export type UnderstoodTemplate = {
  /** Undefined: nothing can be evaluated. */
  template: Template | undefined;
  /** As AWS has it, also where it cannot be evaluated. */
  body: string | undefined;
  /** Undefined where it stands on the CA itself, or there is none. */
  name: string | undefined;
  trouble: TemplateTrouble | undefined;
};

export function understandTemplate(issuing: IssuingTemplate): UnderstoodTemplate {
  const named = troubleOfName(issuing);
  // AWS provisions nobody by such a text, and it may ask for what no certificate has.
  const body = named?.kind === 'not-jitp' ? undefined : templateBodyOf(issuing);
  const parsed = body === undefined ? undefined : parseTemplate(body);
  return {
    template: parsed?.ok ? parsed.value : undefined,
    body,
    name: issuing.kind === 'named' ? issuing.templateName : undefined,
    trouble: named ?? (parsed === undefined || parsed.ok ? undefined : { kind: 'unreadable' }),
  };
}

function troubleOfName(issuing: IssuingTemplate): TemplateTrouble | undefined {
  if (issuing.kind !== 'named' || issuing.inForce === undefined) return undefined;
  const { inForce } = issuing;
  if (!inForce.ok) {
    const { failure } = inForce;
    return failure.kind === 'not-found' ? { kind: 'gone' } : { kind: 'unread', failure };
  }
  if (inForce.value.type !== 'JITP') return { kind: 'not-jitp' };
  return inForce.value.isEnabled ? undefined : { kind: 'disabled' };
}
