/**
 * What belongs to the account and Region as a whole: its registration code and its endpoint for devices.
 * @module
 */
import 'server-only';
import { DescribeEndpointCommand, GetRegistrationCodeCommand, type IoTClient } from '@aws-sdk/client-iot';
import type { Caller } from '@/lib/aws/call';
import type { Connections } from '@/lib/aws/connections';
import { required } from '@/lib/aws/required';
import type { Failure } from '@/lib/failure';
import { ok, type Result } from '@/lib/result';

export type AccountOperations = {
  /** The code that a verification certificate carries as its CN; the same until it is deleted (AWS IoT API Reference). */
  registrationCode(): Promise<Result<string, Failure>>;
  /** Host name that devices connect to (`iot:Data-ATS`); stable for account and Region, so asked once per process. */
  dataEndpoint(): Promise<Result<string, Failure>>;
};

export function accountOperations(
  { call }: Caller<IoTClient>,
  remembered: Connections['remembered'],
): AccountOperations {
  return {
    registrationCode: () =>
      call(
        'GetRegistrationCode',
        (iot, options) => iot.send(new GetRegistrationCodeCommand({}), options),
        ({ registrationCode }) => required(registrationCode, 'registrationCode'),
      ),

    async dataEndpoint() {
      if (remembered.endpoint !== undefined) return ok(remembered.endpoint);
      const answer = await call(
        'DescribeEndpoint',
        (iot, options) => iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }), options),
        ({ endpointAddress }) => required(endpointAddress, 'endpointAddress'),
      );
      if (answer.ok) remembered.endpoint = answer.value;
      return answer;
    },
  };
}
