/**
 * The programs that people have on their devices and benches, with everything filled in for one device, ready to paste in its
 * bundle's folder.
 * Manuals of OpenSSL (s_client), AWS IoT Device Client (configuration file), AWS IoT Device SDK v2 for Python and JavaScript.
 * @module
 */
import { shellQuote } from '@/lib/shell-quote';
import { type ConnectTarget, OWN_KEY_FILE } from './connect-commands';

export const DEVICE_PROGRAMS = ['openssl', 'device-client', 'python', 'javascript'] as const;
export type DeviceProgram = (typeof DEVICE_PROGRAMS)[number];

/** The only port that the Device Client connects to. */
export const DEVICE_CLIENT_PORT = 8883;

/** Text of one program: a command, or a file to save and the command that runs it. */
export type ProgramText = { fileName: string | undefined; text: string; run: string | undefined };

export function deviceProgram(program: DeviceProgram, target: ConnectTarget): ProgramText {
  switch (program) {
    case 'openssl':
      return { fileName: undefined, text: openssl(target), run: undefined };
    case 'device-client':
      return {
        fileName: 'device-client.json',
        text: deviceClient(target),
        run: './aws-iot-device-client --config-file device-client.json',
      };
    case 'python':
      return {
        fileName: 'connect.py',
        text: python(target),
        run: 'pip install awsiotsdk && python3 connect.py',
      };
    case 'javascript':
      return {
        fileName: 'connect.mjs',
        text: javascript(target),
        run: 'npm install aws-iot-device-sdk-v2 && node connect.mjs',
      };
  }
}

/** Of the handshake alone: it sends no CONNECT, so AWS registers nothing by it. */
function openssl({ host, port, fileNames }: ConnectTarget): string {
  const words = [
    ...['openssl', 's_client', '-connect', `${host}:${port}`, '-servername', host],
    ...['-CAfile', fileNames.serverRoot, '-verify_return_error'],
    ...['-cert', fileNames.chain, '-cert_chain', fileNames.chain, '-key', fileNames.key ?? OWN_KEY_FILE],
    '-brief',
  ];
  return `${words.map(shellQuote).join(' ')} < /dev/null`;
}

function deviceClient({ host, thingName, fileNames }: ConnectTarget): string {
  const config = {
    endpoint: host,
    cert: fileNames.chain,
    key: fileNames.key ?? OWN_KEY_FILE,
    'root-ca': fileNames.serverRoot,
    'thing-name': thingName,
    logging: { level: 'DEBUG', type: 'STDOUT' },
    jobs: { enabled: false },
    tunneling: { enabled: false },
    'device-defender': { enabled: false },
    'fleet-provisioning': { enabled: false },
    samples: {
      'pub-sub': {
        enabled: true,
        'publish-topic': `${thingName}/test`,
        'subscribe-topic': `${thingName}/test`,
      },
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** A JSON string is a string literal of both languages. */
const literal = (text: string | number): string => JSON.stringify(text);

function python({ host, port, thingName, fileNames }: ConnectTarget): string {
  return `from awscrt import mqtt
from awsiot import mqtt_connection_builder

connection = mqtt_connection_builder.mtls_from_path(
    endpoint=${literal(host)},
    port=${literal(port)},
    cert_filepath=${literal(fileNames.chain)},
    pri_key_filepath=${literal(fileNames.key ?? OWN_KEY_FILE)},
    ca_filepath=${literal(fileNames.serverRoot)},
    client_id=${literal(thingName)},
    clean_session=True,
    keep_alive_secs=30,
)
connection.connect().result(timeout=20)
print("connected")
published, _ = connection.publish(${literal(`${thingName}/test`)}, "Hello", mqtt.QoS.AT_LEAST_ONCE)
published.result(timeout=20)
print("published")
connection.disconnect().result(timeout=20)
`;
}

function javascript({ host, port, thingName, fileNames }: ConnectTarget): string {
  return `import { iot, mqtt } from 'aws-iot-device-sdk-v2';

const config = iot.AwsIotMqttConnectionConfigBuilder
  .new_mtls_builder_from_path(${literal(fileNames.chain)}, ${literal(fileNames.key ?? OWN_KEY_FILE)})
  .with_certificate_authority_from_path(undefined, ${literal(fileNames.serverRoot)})
  .with_endpoint(${literal(host)})
  .with_port(${literal(port)})
  .with_client_id(${literal(thingName)})
  .with_clean_session(true)
  .build();
const connection = new mqtt.MqttClient().new_connection(config);
await connection.connect();
console.log('connected');
await connection.publish(${literal(`${thingName}/test`)}, 'Hello', mqtt.QoS.AtLeastOnce);
console.log('published');
await connection.disconnect();
`;
}
