import type { HeardMessage } from '@/lib/sandbox/message-bus';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { memberOf, parsePayload } from './sql/value';

/** Of one kind about one rule in a second: a busy rule must not push everything else out of the explanations. */
const TOLD_PER_SECOND_MAX = 10;

type RuleExplanation = { code: string; ruleName: string; message: HeardMessage; text: string };

/** Tells what rules did. What it holds back of a busy rule, it counts, and tells with the next one. */
export class RuleExplainer {
  readonly #sandbox: SandboxState;
  readonly #now: () => Date;
  #second = 0;
  #told = new Map<string, number>();
  #heldBack = 0;

  constructor({ sandbox, now }: { sandbox: SandboxState; now: () => Date }) {
    this.#sandbox = sandbox;
    this.#now = now;
  }

  explain({ code, ruleName, message, text }: RuleExplanation): void {
    const at = this.#now();
    const certificateId = certificateIdOf(message);
    // A certificate that waits for activation is told of every time: it may be the one that somebody looks for.
    if (certificateId === undefined && this.#isTooOften(`${code} ${ruleName}`, at)) {
      this.#heldBack += 1;
      return;
    }
    const { region, clientId, topic } = message;
    const heldBack = this.#heldBack;
    this.#heldBack = 0;
    const others = heldBack > 0 ? ` (Before this, ${heldBack} like it were not told.)` : '';
    this.#sandbox.explanations.explain(
      { code, message: text + others, region, clientId, certificateId, params: { ruleName, topic } },
      at,
    );
  }

  #isTooOften(key: string, at: Date): boolean {
    const second = Math.floor(at.getTime() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#told = new Map();
    }
    const told = (this.#told.get(key) ?? 0) + 1;
    this.#told.set(key, told);
    return told > TOLD_PER_SECOND_MAX;
  }
}

/** So that a pending device finds its rule. */
function certificateIdOf({ topic, payload }: HeardMessage): string | undefined {
  if (!topic.startsWith('$aws/events/certificates/registered/')) return undefined;
  const certificateId = memberOf(parsePayload(payload).value, 'certificateId');
  return typeof certificateId === 'string' ? certificateId : undefined;
}
