/** What a colour says; it is never the only thing that says it. */
export type Tone = 'positive' | 'neutral' | 'info' | 'warning' | 'danger' | 'sandbox';

/** Text in the colour of a tone. */
export const TONE_TEXT: Record<Tone, string> = {
  positive: 'text-positive',
  neutral: 'text-ink-muted',
  info: 'text-accent',
  warning: 'text-warning',
  danger: 'text-danger',
  sandbox: 'text-sandbox',
};

/** Text on the soft background of a tone. */
export const TONE_SOFT: Record<Tone, string> = {
  positive: 'bg-positive-soft text-positive',
  neutral: 'bg-sunken text-ink-muted',
  info: 'bg-accent-soft text-accent',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
  sandbox: 'bg-sandbox-soft text-sandbox',
};

/** The strong line at the edge of a notice. */
export const TONE_EDGE: Record<Tone, string> = {
  positive: 'border-positive',
  neutral: 'border-line-strong',
  info: 'border-accent',
  warning: 'border-warning',
  danger: 'border-danger',
  sandbox: 'border-sandbox',
};

/** A filled mark. */
export const TONE_FILL: Record<Tone, string> = {
  positive: 'bg-positive',
  neutral: 'bg-line-strong',
  info: 'bg-accent',
  warning: 'bg-warning',
  danger: 'bg-danger',
  sandbox: 'bg-sandbox',
};
