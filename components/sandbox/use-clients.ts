'use client';

import { useState } from 'react';
import { type Clients, clientsAnswer } from './answers';
import { askConsole, type Trouble } from './ask-console';
import { clientsUrl, type SandboxQuery } from './sandbox-query';
import { useReading } from './use-reading';

/** Thousands of clients are much to read; our choice. */
const INTERVAL_MS = 2000;

type ClientsState = { clients: Clients | undefined; trouble: Trouble | undefined };

/** Who is connected now, read again every few seconds while `isOn`. */
export function useClients(
  environment: string,
  query: SandboxQuery,
  isOn: boolean,
  onOver: () => void,
): ClientsState {
  const [state, setState] = useState<ClientsState>({ clients: undefined, trouble: undefined });
  useReading({
    isOn,
    intervalMs: INTERVAL_MS,
    isFresh: false,
    onOver,
    async read(signal) {
      const answer = await askConsole(clientsUrl(environment, query), clientsAnswer, signal);
      if (signal.aborted) return false;
      setState(({ clients }) =>
        answer.ok ? { clients: answer.value, trouble: undefined } : { clients, trouble: answer.failure },
      );
      return answer.ok || (answer.failure.kind === 'signed-out' ? 'stop' : false);
    },
  });
  return state;
}
