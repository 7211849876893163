import { IAMClient } from '@aws-sdk/client-iam';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { STSClient } from '@aws-sdk/client-sts';

/** The unchanged AWS SDK, pointed at a sandbox. */
export function clientsFor(endpoint: string, region = 'us-east-2') {
  const settings = {
    endpoint,
    region,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return {
    iot: new IoTClient(settings),
    data: new IoTDataPlaneClient(settings),
    iam: new IAMClient(settings),
    sts: new STSClient(settings),
  };
}

/** What a call is refused with: name, status and message. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ name: string; status: number; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && '$metadata' in error) {
      const { httpStatusCode = 0 } = error.$metadata as { httpStatusCode?: number };
      return { name: error.name, status: httpStatusCode, message: error.message };
    }
    throw error;
  }
  throw new Error('the call was not refused');
}
