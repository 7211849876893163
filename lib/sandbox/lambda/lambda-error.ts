import { ApiError } from '@/lib/sandbox/api-error';

/** An error of Lambda that is the caller's; its body says so beside the message. */
export const lambdaError = (code: string, message: string) => new ApiError(code, message, { Type: 'User' });

export const invalidParameter = (message: string) => lambdaError('InvalidParameterValueException', message);

/** @throws ApiError InvalidParameterValueException that says what the sandbox does not do, unless `isAbsent` */
export function refuseUnless(isAbsent: boolean, what: string): void {
  if (!isAbsent) throw invalidParameter(`${what} not supported by the sandbox`);
}
