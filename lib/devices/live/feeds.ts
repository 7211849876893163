/**
 * The feeds of this process, one per environment.
 * @module
 */
import 'server-only';
import type { Environment } from '@/lib/config/environments';
import { EnvironmentFeed } from './environment-feed';

declare global {
  // Next may load a module once per bundle; the connection must be one per process.
  var jitpConsoleEnvironmentFeeds: Map<string, EnvironmentFeed> | undefined;
}

/** Lets the pages of this process know what was done here, which AWS tells nobody. */
export function announceStatus(environmentId: string, certificateId: string, status: string, at: Date): void {
  const feed = globalThis.jitpConsoleEnvironmentFeeds?.get(environmentId);
  feed?.announce({ kind: 'certificate', certificateId, status, at: at.toISOString() });
}

export function feedOf(environment: Environment): EnvironmentFeed {
  globalThis.jitpConsoleEnvironmentFeeds ??= new Map();
  const feeds = globalThis.jitpConsoleEnvironmentFeeds;
  const feed = feeds.get(environment.id) ?? new EnvironmentFeed(environment);
  feeds.set(environment.id, feed);
  return feed;
}
