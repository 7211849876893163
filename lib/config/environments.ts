/**
 * The environments this console works with, one AWS account and Region (or the sandbox) each.
 * @module
 */
import 'server-only';
import { notFound } from 'next/navigation';
import type { ConfiguredEnvironment } from './environment-list';
import { settings } from './settings';

/**
 * - `kind` is only ever shown; no code branches on it.
 * - `endpoints`: `undefined` means AWS's own.
 * - `mqtt.host`: `undefined` means what DescribeEndpoint answers for `iot:Data-ATS`.
 * - `serverTrustFile`: path of the PEM that devices trust; `undefined` means the shipped Amazon roots.
 * - `sandboxControl`: what offers the sandbox's own control API; its page is there exactly where this is.
 * - `callsPerSecond`: rate of the token bucket that all AWS calls of this environment share.
 * - `sweepEveryHours`: how often the ledger is reconciled with AWS by itself; `undefined` means never.
 */
export type Environment = ConfiguredEnvironment;

/** Every configured environment, in the order of the configuration; at least one. */
export function environments(): readonly Environment[] {
  const list = settings().environments;
  if (list === undefined) throw new Error('no environments are configured: start the console with npm start');
  return list;
}

/** The environment of this id, or `undefined`. */
export function findEnvironment(id: string): Environment | undefined {
  return environments().find((environment) => environment.id === id);
}

/** The environment of this id; a page or route handler answers 404 when there is none. */
export function requireEnvironment(id: string): Environment {
  return findEnvironment(id) ?? notFound();
}
