import type {
  GetBucketsAggregationRequest,
  GetBucketsAggregationResponse,
  GetCardinalityRequest,
  GetCardinalityResponse,
  GetPercentilesRequest,
  GetPercentilesResponse,
  GetStatisticsRequest,
  GetStatisticsResponse,
} from '@aws-sdk/client-iot';
import { ApiError, invalidRequest, required } from '@/lib/sandbox/api-error';
import type { Scope } from '@/lib/sandbox/scope';
import { aggregatedValues } from './aggregated-values';
import { THING_GROUPS_INDEX } from './index-tables';
import { percentileOf, statisticsOf } from './statistics';

/** "If you don't specify an aggregation field, registry.version is used" (guide, "Querying for aggregate data"). */
const defaultFieldOf = (indexName: string | undefined) =>
  indexName === THING_GROUPS_INDEX ? 'version' : 'registry.version';

export function getStatistics(scope: Scope, input: GetStatisticsRequest): GetStatisticsResponse {
  const field = input.aggregationField ?? defaultFieldOf(input.indexName);
  const { type, values } = aggregatedValues(scope, input, field);
  const count = values.length;
  if (type === 'String' || count === 0) return { statistics: { count } };
  return { statistics: statisticsOf(values.map(Number)) ?? {} };
}

export function getCardinality(scope: Scope, input: GetCardinalityRequest): GetCardinalityResponse {
  const field = input.aggregationField ?? defaultFieldOf(input.indexName);
  return { cardinality: new Set(aggregatedValues(scope, input, field).values).size };
}

/** Same page. */
const PERCENTS_DEFAULT: readonly number[] = [1, 5, 25, 50, 75, 95, 99];

export function getPercentiles(scope: Scope, input: GetPercentilesRequest): GetPercentilesResponse {
  const percents = input.percents ?? PERCENTS_DEFAULT;
  if (percents.some((percent) => percent < 0 || percent > 100)) {
    throw invalidRequest('Percents are from 0 to 100.');
  }
  const field = input.aggregationField ?? defaultFieldOf(input.indexName);
  const { type, values } = aggregatedValues(scope, input, field);
  if (type !== 'Number') {
    throw new ApiError('InvalidAggregationException', `Aggregation field ${field} is not of type Number.`);
  }
  const sorted = values.map(Number).sort((a, b) => a - b);
  const pairs = percents.map((percent) => ({ percent, value: percentileOf(sorted, percent) }));
  return { percentiles: pairs.filter(({ value }) => value !== undefined) };
}

/** Neither page nor model names AWS's default. */
const BUCKETS_DEFAULT = 10;

/** The most frequent values first. */
export function getBucketsAggregation(
  scope: Scope,
  input: GetBucketsAggregationRequest,
): GetBucketsAggregationResponse {
  const terms = required(input.bucketsAggregationType, 'bucketsAggregationType').termsAggregation;
  if (!terms) throw invalidRequest('bucketsAggregationType needs termsAggregation.');
  const field = required(input.aggregationField, 'aggregationField');
  const { values, documentCount } = aggregatedValues(scope, input, field);
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const buckets = [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .slice(0, terms.maxBuckets ?? BUCKETS_DEFAULT)
    .map(([keyValue, count]) => ({ keyValue, count }));
  return { totalCount: documentCount, buckets };
}
