/**
 * A device's credentials in the shapes that firmware is built with. Each holds the chain, leaf first: a device that shows its leaf
 * alone is not provisioned just in time.
 * @module
 */

export type FirmwareParts = {
  thingName: string;
  /** PKCS#8 PEM in the clear. */
  keyPem: string;
  chainPem: string;
  serverRootPem: string;
  host: string;
  port: number;
};

/** Names of the files beside it that a format points to. */
export type FirmwareFiles = { key: string; chain: string; serverRoot: string };

/** Macros and string literals of ISO C, for SDKs that are configured by a header. */
export function cHeader(parts: FirmwareParts): string {
  return [
    '#ifndef AWS_IOT_CREDENTIALS_H',
    '#define AWS_IOT_CREDENTIALS_H',
    '',
    `#define AWS_IOT_ENDPOINT ${cString(parts.host)}`,
    `#define AWS_IOT_MQTT_PORT ${parts.port}`,
    `#define AWS_IOT_THING_NAME ${cString(parts.thingName)}`,
    '',
    ...literal('AWS_IOT_ROOT_CA_PEM', parts.serverRootPem),
    ...literal('AWS_IOT_CERTIFICATE_CHAIN_PEM', parts.chainPem),
    ...literal('AWS_IOT_PRIVATE_KEY_PEM', parts.keyPem),
    '#endif',
    '',
  ].join('\n');
}

function literal(name: string, pem: string): string[] {
  const lines = pem.trimEnd().split('\n');
  return [
    `#define ${name} \\`,
    ...lines.map((line, at) => `  ${cString(`${line}\n`)}${at < lines.length - 1 ? ' \\' : ''}`),
    '',
  ];
}

/**
 * Zephyr's TLS credentials (`zephyr/net/tls_credentials.h`): one call adds all three under a tag. PEM with its closing NUL, as Mbed TLS
 * asks for (`CONFIG_MBEDTLS_PEM_CERTIFICATE_FORMAT`), since a chain has no DER form.
 */
export function zephyrHeader(parts: FirmwareParts): string {
  return [
    '#ifndef AWS_IOT_CREDENTIALS_H',
    '#define AWS_IOT_CREDENTIALS_H',
    '',
    '#include <zephyr/net/tls_credentials.h>',
    '',
    `#define AWS_IOT_ENDPOINT ${cString(parts.host)}`,
    `#define AWS_IOT_MQTT_PORT ${parts.port}`,
    `#define AWS_IOT_THING_NAME ${cString(parts.thingName)}`,
    '',
    ...constant('aws_iot_root_ca', parts.serverRootPem),
    ...constant('aws_iot_certificate_chain', parts.chainPem),
    ...constant('aws_iot_private_key', parts.keyPem),
    'static inline int aws_iot_credentials_add(sec_tag_t tag)',
    '{',
    '\tint err = tls_credential_add(tag, TLS_CREDENTIAL_CA_CERTIFICATE, aws_iot_root_ca, sizeof(aws_iot_root_ca));',
    '\tif (err == 0) {',
    '\t\terr = tls_credential_add(tag, TLS_CREDENTIAL_SERVER_CERTIFICATE, aws_iot_certificate_chain,',
    '\t\t\t\t\t sizeof(aws_iot_certificate_chain));',
    '\t}',
    '\tif (err == 0) {',
    '\t\terr = tls_credential_add(tag, TLS_CREDENTIAL_PRIVATE_KEY, aws_iot_private_key, sizeof(aws_iot_private_key));',
    '\t}',
    '\treturn err;',
    '}',
    '',
    '#endif',
    '',
  ].join('\n');
}

function constant(name: string, pem: string): string[] {
  const lines = pem.trimEnd().split('\n');
  return [
    `static const char ${name}[] =`,
    ...lines.map((line, at) => `\t${cString(`${line}\n`)}${at < lines.length - 1 ? '' : ';'}`),
    '',
  ];
}

/**
 * Input of ESP-IDF's NVS partition generator: columns key, type, encoding, value. Key names stay below its 15 characters; files are
 * found beside the CSV.
 */
export function espIdfNvs(parts: FirmwareParts, files: FirmwareFiles): string {
  const rows = [
    ['key', 'type', 'encoding', 'value'],
    ['aws_iot', 'namespace', '', ''],
    ['endpoint', 'data', 'string', parts.host],
    ['port', 'data', 'u16', String(parts.port)],
    ['thing_name', 'data', 'string', parts.thingName],
    ['root_ca', 'file', 'string', files.serverRoot],
    ['certificate', 'file', 'string', files.chain],
    ['private_key', 'file', 'string', files.key],
  ];
  return `${rows.map((row) => row.map(csvCell).join(',')).join('\n')}\n`;
}

/** The configuration file of AWS IoT Device Client; what needs permissions of its own is off. Paths are absolute, as it asks. */
export function deviceClientConfig(parts: FirmwareParts, files: FirmwareFiles, directory: string): string {
  const at = (name: string) => `${directory.replace(/\/+$/, '')}/${name}`;
  const config = {
    endpoint: parts.host,
    cert: at(files.chain),
    key: at(files.key),
    'root-ca': at(files.serverRoot),
    'thing-name': parts.thingName,
    logging: { level: 'INFO', type: 'STDOUT', file: '' },
    jobs: { enabled: false },
    tunneling: { enabled: false },
    'device-defender': { enabled: false },
    'fleet-provisioning': { enabled: false },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** A string literal of ASCII: anything else as octal escapes of its UTF-8, which cannot run into the next character as `\x` can. */
function cString(text: string): string {
  const escaped = [...new TextEncoder().encode(text)].map((octet) => {
    const character = String.fromCharCode(octet);
    if (character === '\n') return '\\n';
    // A question mark could begin a trigraph.
    if (octet < 0x20 || octet > 0x7e || character === '?') return `\\${octet.toString(8).padStart(3, '0')}`;
    return character === '"' || character === '\\' ? `\\${character}` : character;
  });
  return `"${escaped.join('')}"`;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
