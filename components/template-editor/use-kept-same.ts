'use client';

import { useRef } from 'react';
import { keepSame } from './keep-same';

/** The value, sharing with the one before what has not changed. */
export function useKeptSame<Value>(value: Value): Value {
  const kept = useRef(value);
  // Written while rendering: a rendering that is thrown away leaves an equal or older value, which costs a drawing at most.
  kept.current = keepSame(kept.current, value);
  return kept.current;
}
