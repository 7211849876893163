/**
 * The door to AWS STS: as whom, and in which account, the console acts.
 * @module
 */
import 'server-only';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { createCaller } from './call';
import { connectionsOf } from './connections';
import { required } from './required';

export type CallerIdentity = {
  accountId: string;
  arn: string;
  /** False: the credentials belong to another account than the environment says. */
  matchesEnvironment: boolean;
};

export type StsGateway = { callerIdentity(): Promise<Result<CallerIdentity, Failure>> };

export function stsFor(environment: Environment): StsGateway {
  const { sts, throttle } = connectionsOf(environment);
  const { call } = createCaller('STS', sts, throttle);
  return {
    callerIdentity: () =>
      call(
        'GetCallerIdentity',
        (client, options) => client.send(new GetCallerIdentityCommand({}), options),
        ({ Account, Arn }) => {
          const accountId = required(Account, 'Account');
          return {
            accountId,
            arn: required(Arn, 'Arn'),
            matchesEnvironment: accountId === environment.accountId,
          };
        },
      ),
  };
}
