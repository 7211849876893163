import { messageFunctions } from './message-functions';
import { numberFunctions } from './number-functions';
import type { SqlFunction } from './sql-function';
import { textFunctions } from './text-functions';

/**
 * Those of the guide that the sandbox can answer rightly. Not here: functions that ask another service (`aws_lambda`,
 * `get_dynamodb`, `get_secret`, `get_registry_data`, `machinelearning_predict`), and `md2`, which OpenSSL 3 lacks.
 */
const functions: ReadonlyMap<string, SqlFunction> = new Map(
  Object.entries({ ...messageFunctions, ...numberFunctions, ...textFunctions }),
);

/** @param name - in lower case */
export const sqlFunction = (name: string): SqlFunction | undefined => functions.get(name);
