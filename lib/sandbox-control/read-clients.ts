/**
 * Who is connected to a sandbox.
 * @module
 */
import 'server-only';
import type { Failure } from '@/lib/failure';
import { parseCertificateLookup } from '@/lib/registry/certificate-lookup';
import type { SandboxClient } from '@/lib/registry/sandbox-activity';
import { ok, type Result } from '@/lib/result';
import { clientsAnswer } from './answers';
import { callControl } from './call-control';

export type ClientsRead = {
  clients: SandboxClient[];
  /** That were found, more than `clients` has. */
  count: number;
  countConnected: number;
};

/** @param find - part of a client id, of a certificate id, or of a topic filter; also an ARN or a fingerprint */
export async function readClients(
  origin: string,
  find: string | undefined,
  shownMax: number,
): Promise<Result<ClientsRead, Failure>> {
  const read = await callControl(origin, { method: 'GET', path: 'clients', answer: clientsAnswer });
  if (!read.ok) return read;
  const { clients } = read.value;
  const wanted = find && (parseCertificateLookup(find) ?? find.toLowerCase());
  const found = wanted === undefined ? clients : clients.filter((client) => isAbout(client, wanted));
  return ok({ clients: found.slice(0, shownMax), count: found.length, countConnected: clients.length });
}

const isAbout = (
  { clientId, principal, certificateId, subscriptions }: SandboxClient,
  wanted: string,
): boolean =>
  [clientId, principal, certificateId ?? '', ...subscriptions].some((text) =>
    text.toLowerCase().includes(wanted),
  );
