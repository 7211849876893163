/**
 * What a person is told about a TLS handshake that failed, by the code that Node gives OpenSSL's reason.
 * AWS says nothing; which certificate authority a device trusts is the mistake that most people report.
 */
export function describeHandshakeFailure(error: Error): string {
  return `A TLS handshake failed (${reasonOf(error)}). ${adviceFor(codeOf(error))}`;
}

const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'ERR_SSL_NO_APPLICATION_PROTOCOL',
    'The client offers by ALPN only protocols that this port does not speak. Offer x-amzn-mqtt-ca for MQTT, or none; the port with ALPN takes x-amzn-http-ca for HTTPS as well.',
  ],
  [
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    "The client does not trust the server. Give it the sandbox's root certificate (GET /_sandbox/ca.pem), as AWS needs an Amazon root; your own device CA is no use there.",
  ],
  [
    'ERR_SSL_UNSUPPORTED_PROTOCOL',
    'The client speaks an older TLS than 1.2, which AWS IoT refuses. Set it to TLS 1.2 or 1.3.',
  ],
  [
    'ERR_SSL_NO_SHARED_CIPHER',
    'The client offers no cipher suite that the server has. Let it offer ECDHE with AES-GCM.',
  ],
  ['ERR_SSL_HTTP_REQUEST', 'The client spoke HTTP without TLS. Use https, on the port for HTTPS.'],
  [
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'The client spoke without TLS. Give it the certificate files, so that it starts TLS.',
  ],
]);

const OTHERWISE = "The client must speak TLS 1.2 or 1.3 and trust the sandbox's root certificate.";

const adviceFor = (code: string) => ADVICE.get(code) ?? OTHERWISE;

const codeOf = (error: Error) => ('code' in error ? String(error.code) : '');

/** OpenSSL's few words where Node passes them on, without file names and line numbers. */
function reasonOf(error: Error): string {
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message.trim();
}
