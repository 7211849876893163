'use client';

import { OwnTemplateText } from '@/components/template/own-template-text';
import type { ConfigFault } from '@/lib/provisioning/registration-config';
import type { Result } from '@/lib/result';
import type { ChosenTemplate } from './template-choice';
import { useFieldErrors } from './use-fault-sentence';
import { useWizard } from './wizard-context';

/** A template or registration config of the person's own, in whichever form it is. */
export function OwnTemplateForm({ chosen }: { chosen: Result<ChosenTemplate, ConfigFault> }) {
  const { draft, change, place } = useWizard();
  const errorsOf = useFieldErrors();
  const { ownText } = draft.template;
  const isEmpty = ownText.trim() === '';
  return (
    <OwnTemplateText
      value={ownText}
      onChange={(text) => change({ kind: 'template-changed', template: { ownText: text } })}
      place={place}
      fault={chosen.ok || isEmpty ? undefined : chosen.failure}
      understood={chosen.ok && chosen.value.kind === 'inline' ? chosen.value.understood : undefined}
      errors={errorsOf('ownText')}
      fieldName="ownText"
    />
  );
}
