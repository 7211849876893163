import type { Scope } from '@/lib/sandbox/scope';
import type { QueryParameters } from './query-parameters';
import type { XmlValue } from './xml';

/**
 * An operation of a Query protocol service: what its `…Result` element holds, or undefined when the model has no result.
 *
 * @throws ApiError with the service's own code
 */
export type QueryOperation = (scope: Scope, parameters: QueryParameters) => XmlValue;
