import type { OverviewTranslator } from '@/components/overview/overview-translator';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';

export type CardProps = { t: OverviewTranslator; environment: Environment };

/** What a card waits for by itself, so that none holds up the others. */
export type Read<Value> = Promise<Result<Value, Failure>>;
