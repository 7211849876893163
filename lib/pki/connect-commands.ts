/**
 * The mosquitto lines for one device, ready to paste into a POSIX shell in the bundle's folder.
 * @module
 */
import { shellQuote } from '@/lib/shell-quote';
import type { BundleFileNames } from './bundle-names';

/** What the first connect prints when all is well: AWS drops it while it registers the certificate. */
export const EXPECTED_DROP = 'Error: The connection was lost.';

/** Stands for the key file where the device keeps its own key. */
export const OWN_KEY_FILE = 'device.key';

export type ConnectTarget = {
  host: string;
  port: number;
  /** Client id and first level of the topic: what AWS's own policies for things ask for. */
  thingName: string;
  fileNames: Pick<BundleFileNames, 'key' | 'certificate' | 'chain' | 'serverRoot'>;
};

export type ConnectCommands = {
  /** With leaf and CA: just-in-time registration looks at the chain. Expected to be dropped. */
  firstConnect: string;
  /** With the leaf alone, from the second connect on. */
  publish: string;
  subscribe: string;
  topic: string;
};

export function connectCommands({ host, port, thingName, fileNames }: ConnectTarget): ConnectCommands {
  const topic = `${thingName}/test`;
  const words = (program: string, certificate: string) => [
    program,
    ...['--cafile', fileNames.serverRoot],
    ...['--cert', certificate],
    ...['--key', fileNames.key ?? OWN_KEY_FILE],
    ...['-h', host, '-p', String(port)],
    ...['-q', '1', '-t', topic, '-i', thingName],
    ...['--tls-version', 'tlsv1.2'],
  ];
  const line = (all: string[]) => all.map(shellQuote).join(' ');
  const message = ['-m', 'Hello', '-d'];
  return {
    firstConnect: line([...words('mosquitto_pub', fileNames.chain), ...message]),
    publish: line([...words('mosquitto_pub', fileNames.certificate), ...message]),
    subscribe: line([...words('mosquitto_sub', fileNames.certificate), '-d']),
    topic,
  };
}
