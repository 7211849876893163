import { lambdaOperations } from '@/lib/sandbox/lambda/lambda-service';
import { iotDataService, iotService } from './iot-services';
import { cloudtrailService } from './json-rpc-services';
import { iamService, stsService } from './query-service';

/** What a service of AWS has, by its operations' names, and what of it is built. */
export type ServiceCoverage = { names: ReadonlySet<string>; built: ReadonlySet<string> };

/** The services that the sandbox answers for, by AWS's name of them. */
export const SERVICES: readonly (readonly [name: string, service: ServiceCoverage])[] = [
  ['AWS IoT', iotService],
  ['AWS IoT data plane', iotDataService],
  ['AWS Lambda', lambdaOperations],
  ['AWS CloudTrail', cloudtrailService],
  ['AWS IAM', iamService],
  ['AWS STS', stsService],
];

/** The names of all operations that the sandbox has a route for, built or not. */
export const knownOperations: ReadonlySet<string> = new Set(SERVICES.flatMap(([, { names }]) => [...names]));
