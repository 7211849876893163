/**
 * What a device said in the TLS Server Name Indication, judged.
 * RFC 6066 section 3 (a name, never an IP literal); AWS IoT Core Developer Guide, "Transport security".
 * @module
 */
import { isIP } from 'node:net';

export type ServerName =
  | { kind: 'expected'; name: string }
  /** Nothing was sent, or an IP literal, which RFC 6066 forbids and which therefore counts as nothing. */
  | { kind: 'missing' }
  | { kind: 'foreign'; name: string };

/** The only endpoint name that the sandbox's DescribeEndpoint answers with. */
export const ENDPOINT_NAME = 'localhost';

/** Judges what `TLSSocket.servername` holds: a string, or `false`/`undefined` when there was no extension. */
export function judgeServerName(sent: unknown): ServerName {
  if (typeof sent !== 'string' || sent === '' || isIP(sent) !== 0) return { kind: 'missing' };
  const name = sent.toLowerCase().replace(/\.$/, '');
  return name === ENDPOINT_NAME ? { kind: 'expected', name } : { kind: 'foreign', name: sent };
}
