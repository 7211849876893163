'use client';

import { useEffect, useState } from 'react';

/** The value of a promise that the page passed; undefined until it is there. It must not reject. */
export function useResolved<Value>(promise: Promise<Value>): Value | undefined {
  const [value, setValue] = useState<Value | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    void promise.then((resolved) => {
      if (isCurrent) setValue(resolved);
    });
    return () => {
      isCurrent = false;
    };
  }, [promise]);
  return value;
}
