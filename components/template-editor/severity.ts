import type { CodeMark } from '@/components/ui/code-marks';
import type { Tone } from '@/components/ui/tone';
import type { Severity } from '@/lib/policy/lint/policy-finding';

export const SEVERITY_TONES: Record<Severity, Tone> = {
  error: 'danger',
  warning: 'warning',
  info: 'neutral',
};

export const SEVERITY_MARKS: Record<Severity, CodeMark['name']> = {
  error: 'code-danger',
  warning: 'code-warning',
  info: 'code-info',
};
