import { afterAll, beforeAll, expect } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { FleetBench, REGISTRY } from './testing/fleet-bench';

let bench: FleetBench;
beforeAll(async () => {
  bench = await FleetBench.open();
});
afterAll(() => bench[Symbol.asyncDispose]());

behaviour(
  'GetStatistics counts text fields, computes number fields, takes registry.version by default, and ignores values of another type',
  { known: 'documented', source: 'guide, "Querying for aggregate data"' },
  async () => {
    const customFields = [
      { name: 'attributes.load', type: 'Number' },
      { name: 'attributes.country', type: 'String' },
      { name: 'attributes.model', type: 'Number' },
    ];
    await bench.configure({ ...REGISTRY, customFields });
    const statistics = async (aggregationField?: string, queryString = '*') =>
      (await bench.boto.ok('iot.get_statistics', { queryString, aggregationField }))['statistics'];
    expect(await statistics('attributes.country')).toEqual({ count: 1 });
    expect(await statistics('attributes.load', 'thingName:pump*')).toEqual({
      count: 2,
      average: 77.5,
      sum: 155,
      minimum: 75,
      maximum: 80,
      sumOfSquares: 12025,
      variance: 6.25,
      stdDeviation: 2.5,
    });
    expect(await statistics('attributes.model')).toMatchObject({ count: 2, maximum: 1.3 });
    expect(await statistics()).toMatchObject({ count: 3, minimum: 1 });
    expect(await statistics('attributes.load', 'thingName:none')).toEqual({ count: 0 });
    const foreign = { queryString: '*', aggregationField: 'attributes.other' };
    expect(await bench.boto.refusal('iot.get_statistics', foreign)).toMatchObject({
      name: 'InvalidAggregationException',
      status: 400,
    });
  },
);

behaviour(
  'GetCardinality counts different values and answers 0 for none; GetPercentiles takes 1,5,25,50,75,95,99 by default and answers nothing for none',
  { known: 'documented', source: 'guide, "Querying for aggregate data"' },
  async () => {
    await bench.configure({ ...REGISTRY, customFields: [{ name: 'attributes.load', type: 'Number' }] });
    const aggregationField = 'attributes.load';
    expect(await bench.boto.ok('iot.get_cardinality', { queryString: '*', aggregationField })).toEqual({
      cardinality: 3,
    });
    const none = { queryString: 'thingName:none', aggregationField };
    expect(await bench.boto.ok('iot.get_cardinality', none)).toEqual({ cardinality: 0 });
    expect(await bench.boto.ok('iot.get_percentiles', none)).toEqual({ percentiles: [] });
    const { percentiles } = await bench.boto.ok('iot.get_percentiles', {
      queryString: '*',
      aggregationField,
    });
    expect(percentiles.map(({ percent }: { percent: number }) => percent)).toEqual([
      1, 5, 25, 50, 75, 95, 99,
    ]);
    const some = await bench.boto.ok('iot.get_percentiles', {
      queryString: '*',
      aggregationField,
      percents: [0, 12.5, 100],
    });
    expect(some['percentiles']).toEqual([
      { percent: 0, value: 9 },
      { percent: 12.5, value: 25.5 },
      { percent: 100, value: 80 },
    ]);
    const text = { queryString: '*', aggregationField: 'thingName' };
    expect(await bench.boto.refusal('iot.get_percentiles', text)).toMatchObject({
      name: 'InvalidAggregationException',
    });
  },
);

behaviour(
  'GetBucketsAggregation counts documents by value and says how many the query finds',
  { known: 'documented', source: 'service model, GetBucketsAggregation' },
  async () => {
    await bench.configure({ ...REGISTRY, customFields: [{ name: 'attributes.model', type: 'String' }] });
    const input = {
      queryString: 'thingName:*',
      aggregationField: 'attributes.model',
      bucketsAggregationType: { termsAggregation: { maxBuckets: 2 } },
    };
    expect(await bench.boto.ok('iot.get_buckets_aggregation', input)).toEqual({
      totalCount: 3,
      buckets: [
        { keyValue: '1.2', count: 1 },
        { keyValue: '1.3', count: 1 },
      ],
    });
  },
);
