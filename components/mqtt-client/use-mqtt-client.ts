'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { postJson } from '@/lib/browser/post-json';
import type { Failure } from '@/lib/failure';
import type { MqttQos } from '@/lib/registry/mqtt-topic';
import { fail, type Result } from '@/lib/result';
import { type ConnectionState, emptyAnswer, type SubscriptionRequest } from './answers';
import { MessageLog } from './message-log';
import { openStream } from './open-stream';
import type { Message } from './publish-request';

/** A filter that the person wants; `failure` is what kept it from being subscribed to. */
export type Wanted = { filter: string; qos: MqttQos; isHeld: boolean; failure: Failure | undefined };

/** The way between page and console. */
export type Link = { kind: 'opening' } | { kind: 'open' } | { kind: 'lost' } | { kind: 'full'; max: number };

/** Why a message did not leave: the console's words, or none because it was not reached. */

export type MqttClientView = {
  link: Link;
  connection: ConnectionState;
  wanted: readonly Wanted[];
  log: MessageLog;
  /** Changes with the log. */
  version: number;
  subscribe: (filter: string, qos: MqttQos) => void;
  unsubscribe: (filter: string) => void;
  publish: (message: Message) => Promise<Result<undefined, Failure>>;
  clear: () => void;
};

/**
 * The client of this page. What it wants to hear is its own to know: whenever the console holds less than that, because its
 * stream was opened anew or the broker has lost it, it asks again.
 *
 * @param initial - the filters to begin with; read once
 */
export function useMqttClient(
  environment: string,
  initial: ReadonlyArray<{ filter: string; qos: MqttQos }>,
): MqttClientView {
  const [link, setLink] = useState<Link>({ kind: 'opening' });
  const [connection, setConnection] = useState<ConnectionState>({ kind: 'connecting' });
  const [wanted, setWanted] = useState<readonly Wanted[]>(() =>
    initial.map(({ filter, qos }) => ({ filter, qos, isHeld: false, failure: undefined })),
  );
  const [version, setVersion] = useState(0);
  const [log] = useState(() => new MessageLog());
  const [tab] = useState(() => crypto.randomUUID());
  const url = `/e/${environment}/mqtt-client`;
  const asked = useRef(new Set<string>());

  const ask = useCallback(
    async (request: Omit<SubscriptionRequest, 'tab'>): Promise<Failure | undefined> => {
      const posted = await postJson(`${url}/subscriptions`, { tab, ...request });
      if (posted === 'signed-out') return { kind: 'signed-out' };
      const answer = posted === 'no-answer' ? undefined : emptyAnswer.safeParse(posted.answer).data;
      if (answer === undefined) return { kind: 'mqtt', reason: 'not-connected', detail: '' };
      return answer.ok ? undefined : answer.failure;
    },
    [url, tab],
  );

  useEffect(
    () =>
      openStream(`${url}/stream?tab=${tab}`, {
        link: setLink,
        state(state) {
          setConnection(state);
          // What was refused for want of a connection is asked for again.
          if (state.kind === 'connected') setWanted((all) => all.map(forgiven));
        },
        subscriptions(held) {
          const filters = new Set(held.map(({ filter }) => filter));
          setWanted((all) => all.map((one) => ({ ...one, isHeld: filters.has(one.filter) })));
        },
        refused({ filter, failure }) {
          setWanted((all) => withFailure(all, filter, failure));
        },
        messages({ messages, dropped }) {
          log.add(messages, dropped);
          setVersion((before) => before + 1);
        },
      }),
    [url, tab, log],
  );

  useEffect(() => {
    if (link.kind !== 'open') return;
    for (const { filter, qos, isHeld, failure } of wanted) {
      if (isHeld || failure !== undefined || asked.current.has(filter)) continue;
      asked.current.add(filter);
      void ask({ act: 'subscribe', filter, qos }).then((refusal) => {
        asked.current.delete(filter);
        if (refusal !== undefined) setWanted((all) => withFailure(all, filter, refusal));
      });
    }
  }, [link, wanted, ask]);

  return {
    link,
    connection,
    wanted,
    log,
    version,
    subscribe(filter, qos) {
      const fresh: Wanted = { filter, qos, isHeld: false, failure: undefined };
      setWanted((all) => [...all.filter((one) => one.filter !== filter), fresh]);
    },
    unsubscribe(filter) {
      setWanted((all) => all.filter((one) => one.filter !== filter));
      void ask({ act: 'unsubscribe', filter, qos: 0 });
    },
    async publish(message) {
      const posted = await postJson(`${url}/publish`, { environment, tab, ...message });
      if (posted === 'no-answer') return fail({ kind: 'no-answer' });
      if (posted === 'signed-out') return fail({ kind: 'signed-out' });
      const answer = emptyAnswer.safeParse(posted.answer).data;
      if (answer === undefined) return fail({ kind: 'no-answer' });
      return answer.ok ? { ok: true, value: undefined } : answer;
    },
    clear() {
      log.clear();
      setVersion((before) => before + 1);
    },
  };
}

const forgiven = (one: Wanted): Wanted =>
  one.failure?.kind === 'mqtt' && one.failure.reason === 'not-connected'
    ? { ...one, failure: undefined }
    : one;

const withFailure = (all: readonly Wanted[], filter: string, failure: Failure): Wanted[] =>
  all.map((one) => (one.filter === filter ? { ...one, isHeld: false, failure } : one));
