'use client';

import { useRef, useState } from 'react';
import type { Failure } from '@/lib/failure';
import type { Result } from '@/lib/result';
import { type Live, liveAnswer } from './answers';
import { askConsole } from './ask-console';
import { begin, type LiveState, looksSame, withFaults, withLive, withTrouble } from './live-state';
import { liveUrl, type SandboxQuery } from './sandbox-query';
import { useReading } from './use-reading';

/** What happens to a device is to be on the screen before one looks up from it; our choice. */
const INTERVAL_MS = 1000;

export type LiveMode = 'live' | 'paused' | 'rested';

type Watching = {
  state: LiveState;
  mode: LiveMode;
  setMode: (mode: LiveMode) => void;
  /** After an act: what is on the screen is not true any more. */
  readNow: () => void;
};

/** Keeps up with the events and faults of a sandbox, from what the server has read first. */
export function useLive(environment: string, query: SandboxQuery, first: Result<Live, Failure>): Watching {
  const [state, setState] = useState(() =>
    begin(first.ok ? first.value : { kind: 'failure', failure: first.failure }),
  );
  const [mode, setMode] = useState<LiveMode>('live');
  const known = useRef(state);

  async function read(signal: AbortSignal, apply: typeof withLive): Promise<boolean | 'stop'> {
    const answer = await askConsole(liveUrl(environment, query, known.current.cursor), liveAnswer, signal);
    if (signal.aborted) return false;
    const shown = known.current;
    known.current = answer.ok
      ? apply(known.current, answer.value)
      : withTrouble(known.current, answer.failure);
    if (!looksSame(shown, known.current)) setState(known.current);
    return answer.ok || (answer.failure.kind === 'signed-out' ? 'stop' : false);
  }

  const restart = useReading({
    isOn: mode === 'live',
    intervalMs: INTERVAL_MS,
    isFresh: true,
    onOver: () => setMode('rested'),
    read: (signal) => read(signal, withLive),
  });
  function readNow() {
    if (mode === 'live') restart();
    // Who has paused the events wants them to stand still.
    else void read(new AbortController().signal, withFaults);
  }
  return { state, mode, setMode, readNow };
}
