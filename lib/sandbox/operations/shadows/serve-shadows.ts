import { fail } from '@/lib/result';
import { mayAskShadow } from '@/lib/sandbox/call-admission/device-rates';
import type { HeardMessage, MessageBus } from '@/lib/sandbox/message-bus';
import type { Scope } from '@/lib/sandbox/scope';
import { clientTokenOf } from '@/lib/sandbox/shadows/read-update';
import { rejectedDocument } from '@/lib/sandbox/shadows/shadow-documents';
import type { SandboxState } from '@/lib/sandbox/state/sandbox-state';
import { type Publication, publishDocuments } from './publish-documents';
import {
  deleteShadow,
  epochSeconds,
  getShadow,
  type ShadowOutcome,
  TOO_MANY_REQUESTS,
  updateShadow,
} from './shadow-requests';
import type { ShadowName } from './shadow-tables';
import { type ShadowMethod, shadowRequestOf } from './shadow-topics';
import { utf8 } from './utf8';

/** Answers what is published to the request topics of shadows. Answers what ends it. */
export function serveShadows(bus: MessageBus, sandbox: SandboxState, now: () => Date): () => void {
  return bus.listen((message) => {
    const request = shadowRequestOf(message.topic);
    if (!request) return;
    const region = sandbox.region(message.region);
    const scope = { sandbox, region, accountId: sandbox.accountId, now };
    if (message.isWill) explainWill(scope, message);
    else void serve(scope, message, request);
  });
}

function serve(
  scope: Scope,
  message: HeardMessage,
  { name, method }: { name: ShadowName; method: ShadowMethod },
): Promise<void> {
  const text = utf8(message.payload);
  const clientToken = clientTokenOf(text ?? '');
  const outcome = mayAskShadow(scope, name.thingName)
    ? run(scope, { name, method, text, clientToken })
    : fail(TOO_MANY_REQUESTS);
  if (outcome.ok) {
    const { document, events } = outcome.value;
    return publishDocuments(scope, name, [{ topic: `${method}/accepted`, document }, ...events]);
  }
  explainRejection(scope, message, outcome.failure.message);
  const stamp = { timestamp: epochSeconds(scope), clientToken };
  const rejected: Publication = {
    topic: `${method}/rejected`,
    document: rejectedDocument(outcome.failure, stamp),
  };
  return publishDocuments(scope, name, [rejected]);
}

type ShadowRequest = {
  name: ShadowName;
  method: ShadowMethod;
  text: string | undefined;
  clientToken: string | undefined;
};

function run(scope: Scope, { name, method, text, clientToken }: ShadowRequest): ShadowOutcome {
  switch (method) {
    case 'get':
      return getShadow(scope, name, clientToken);
    case 'delete':
      return deleteShadow(scope, name, clientToken);
    case 'update':
      return text === undefined ? fail(NOT_UTF8) : updateShadow(scope, name, text);
  }
}

const NOT_UTF8 = {
  code: 415,
  message: 'Unsupported documented encoding; supported encoding is UTF-8',
} as const;

/** "MQTT LWT messages sent to AWS IoT reserved topics … are ignored by the … service" (guide, "Using shadows in apps and services"). */
function explainWill({ sandbox, region, now }: Scope, { topic, clientId }: HeardMessage): void {
  sandbox.explanations.explain(
    {
      code: 'shadow-will-ignored',
      message: `The shadow service ignores last wills, as AWS does: what ${clientId} left for ${topic} changed nothing. Send the will to a topic of your own and let a rule republish it.`,
      region: region.name,
      clientId,
      params: { topic },
    },
    now(),
  );
}

function explainRejection({ sandbox, region, now }: Scope, message: HeardMessage, reason: string): void {
  sandbox.explanations.explain(
    {
      code: 'shadow-rejected',
      message: `The shadow service rejected what was published to ${message.topic}: ${reason}.`,
      region: region.name,
      clientId: message.clientId,
      params: { topic: message.topic, reason },
    },
    now(),
  );
}
