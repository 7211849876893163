import { layOutJson } from '@/lib/policy/json-layout';
import type { VisualValue } from '@/lib/provisioning/document/visual-template';

/** A value as the person reads it: a parameter by what it stands for, JSON laid out. */
export function printedValue(value: VisualValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'parameter':
      return value.name.replace('AWS::IoT::Certificate::', '');
    case 'other':
      return layOutJson(value.json);
  }
}
