import {
  CircleCheck,
  CircleMinus,
  CircleX,
  Clock,
  FlaskConical,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { classNames } from './class-names';
import { TONE_TEXT, type Tone } from './tone';

const ICONS: Record<Tone, LucideIcon> = {
  positive: CircleCheck,
  neutral: CircleMinus,
  info: Clock,
  warning: TriangleAlert,
  danger: CircleX,
  sandbox: FlaskConical,
};

/** The shape that repeats what the colour says. Decoration: the word beside it carries the meaning. */
export function ToneIcon({ tone, className = 'size-4' }: { tone: Tone; className?: string }) {
  const Icon = ICONS[tone];
  return <Icon aria-hidden className={classNames('shrink-0', TONE_TEXT[tone], className)} />;
}
