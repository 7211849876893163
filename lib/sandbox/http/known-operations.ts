import { lambdaOperationNames } from '@/lib/sandbox/lambda/lambda-service';
import { iotDataService, iotService } from './iot-services';
import { cloudtrailService } from './json-rpc-services';
import { iamService, stsService } from './query-service';

let names: ReadonlySet<string> | undefined;

/** The names of all operations that the sandbox has a route for, built or not. */
export function knownOperations(): ReadonlySet<string> {
  names ??= new Set([
    ...iotService.names,
    ...iotDataService.names,
    ...iamService.names,
    ...stsService.names,
    ...cloudtrailService.names,
    ...lambdaOperationNames,
  ]);
  return names;
}
