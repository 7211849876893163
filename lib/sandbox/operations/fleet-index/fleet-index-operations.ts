import type { Operations } from '@/lib/sandbox/operations/operation';
import * as aggregations from './aggregations';
import { getThingConnectivityData } from './connectivity-data';
import { describeIndex, listIndices } from './describe-index';
import { getIndexingConfiguration, updateIndexingConfiguration } from './indexing-configuration';
import { searchIndex } from './search-index';

export const fleetIndexOperations = {
  UpdateIndexingConfiguration: updateIndexingConfiguration,
  GetIndexingConfiguration: getIndexingConfiguration,
  DescribeIndex: describeIndex,
  ListIndices: listIndices,
  SearchIndex: searchIndex,
  GetStatistics: aggregations.getStatistics,
  GetCardinality: aggregations.getCardinality,
  GetPercentiles: aggregations.getPercentiles,
  GetBucketsAggregation: aggregations.getBucketsAggregation,
  GetThingConnectivityData: getThingConnectivityData,
} satisfies Operations;
