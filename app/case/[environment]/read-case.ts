import 'server-only';
import type { Environment } from '@/lib/config/environments';
import { diagnoseDevice } from '@/lib/devices/diagnose-device';
import { type CaseCard, toCaseCard } from '@/lib/diagnosis/case-card';

/** A link that is opened again and again costs AWS ten calls a minute, whoever has it. */
const KEPT_MS = 60_000;

/** More links are not opened within a minute; if they are, the oldest are read again. */
const KEPT_MAX = 200;

type Kept = { untilMs: number; card: Promise<CaseCard> };

declare global {
  // Next may load a module once per bundle; what is kept must be kept once per process.
  var jitpConsoleCaseCards: Map<string, Kept> | undefined;
}

/** What a link shows: the state at its opening, or of less than a minute before. */
export function readCase(
  linkId: string,
  environment: Environment,
  certificateId: string,
  now: Date,
): Promise<CaseCard> {
  globalThis.jitpConsoleCaseCards ??= new Map();
  const kept = globalThis.jitpConsoleCaseCards;
  const known = kept.get(linkId);
  if (known !== undefined && known.untilMs > now.getTime()) return known.card;
  const card = diagnoseCase(environment, certificateId, now);
  // Set anew, so that the map's order is that of their age.
  kept.delete(linkId);
  kept.set(linkId, { untilMs: now.getTime() + KEPT_MS, card });
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  card.catch(() => kept.delete(linkId));
  return card;
}

async function diagnoseCase(environment: Environment, certificateId: string, now: Date): Promise<CaseCard> {
  const { device } = await diagnoseDevice(environment, certificateId, { now });
  const { id, name, accountId, region } = environment;
  return toCaseCard(device, { id, name, accountId, region });
}
