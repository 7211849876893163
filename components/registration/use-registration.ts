'use client';

import { useRef, useState } from 'react';
import type { ActItem } from '@/components/acts/act-run';
import { type BatchAnswer, drive } from '@/components/acts/drive';
import type { Failure } from '@/lib/failure';
import type { Approval } from '@/lib/registry/approval';
import type { BroughtCertificate } from '@/lib/registry/brought-certificates';
import type { Result } from '@/lib/result';
import { REGISTERED_AT_ONCE } from './registration-batch';

export type SendRegistration = (input: {
  environment: string;
  certificates: { certificateId: string; certificatePem: string; caPem?: string }[];
  approval?: Approval;
}) => Promise<Result<BatchAnswer[], Failure>>;

/** What became of each, by certificate id. */
export type Registered = ReadonlyMap<string, Omit<ActItem, 'subject'>>;

export type Registration = {
  registered: Registered;
  isRunning: boolean;
  /** Why no further batch was let through. */
  failure: Failure | undefined;
  start: (certificates: readonly BroughtCertificate[], approval: Approval | undefined) => Promise<void>;
  stop: () => void;
  clear: () => void;
};

/** Registers one batch after another; those that are done are not sent again. */
export function useRegistration(environment: string, send: SendRegistration): Registration {
  const [registered, setRegistered] = useState<Registered>(new Map());
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const isStopped = useRef(false);

  async function start(certificates: readonly BroughtCertificate[], approval: Approval | undefined) {
    const byId = new Map(certificates.map((each) => [each.certificateId, each]));
    const isDone = (id: string) => ['done', 'unchanged'].includes(registered.get(id)?.state ?? '');
    isStopped.current = false;
    setRunning(true);
    setFailure(undefined);
    const ended = await drive(
      [...byId.keys()].filter((id) => !isDone(id)),
      {
        batchSize: REGISTERED_AT_ONCE,
        send: (ids) =>
          send({
            environment,
            certificates: ids.flatMap((id) => {
              const found = byId.get(id);
              if (found === undefined) return [];
              const { certificateId, pem: certificatePem, ca } = found;
              return [{ certificateId, certificatePem, ...(ca && { caPem: ca.certificatePem }) }];
            }),
            ...(approval === undefined ? {} : { approval }),
          }),
        report: (settled) => setRegistered((now) => new Map([...now, ...settled])),
        isStopped: () => isStopped.current,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      },
    );
    setFailure(ended);
    setRunning(false);
  }

  return {
    registered,
    isRunning,
    failure,
    start,
    stop: () => {
      isStopped.current = true;
    },
    clear: () => {
      setRegistered(new Map());
      setFailure(undefined);
    },
  };
}
