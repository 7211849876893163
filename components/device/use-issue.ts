'use client';

import { useEffect, useRef, useState } from 'react';
import { download } from '@/lib/browser/download';
import type { DeviceRequest } from '@/lib/browser/pki.protocol';
import { pkiClient } from '@/lib/browser/pki-client';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import {
  confirmBundle,
  deliverBundle,
  type IssueActions,
  type IssuedDevice,
  type IssueFault,
  type IssuePlace,
  type MadeDevice,
  prepareDevice,
  reserveDevice,
} from './issue-run';
import { lockKey } from './unlocked-keys';
import { useConfirmation } from './use-confirmation';
import { useReadmeWords } from './use-readme-words';

export type IssueState =
  | { kind: 'idle' }
  | { kind: 'working' }
  | { kind: 'failed'; fault: IssueFault }
  | { kind: 'issued'; device: IssuedDevice; isDownloaded: boolean; isConfirmed: boolean; fault?: IssueFault };

type IssueContext = {
  environment: string;
  caId: string;
  actions: IssueActions;
  /** The certificate whose place the new one is to take. */
  replaces: string | undefined;
  profileId: string | undefined;
};

/** Runs the issuing of one device after the other. A certificate that was made is not made twice: a retry goes on with it. */
export function useIssue({ environment, caId, actions, replaces, profileId }: IssueContext) {
  const wordsOf = useReadmeWords();
  const [state, setState] = useState<IssueState>({ kind: 'idle' });
  const [made, setMade] = useState<MadeDevice | undefined>(undefined);
  // A second click comes before React has drawn the first one's answer.
  const isRunning = useRef<boolean>(false);
  // The draft that the worker holds for this panel. Who goes on to the next device does not wait for the last one's confirmation.
  const shown = useRef<string | undefined>(undefined);
  const isLeft = useRef<boolean>(false);
  const ports = {
    ...actions,
    pki: pkiClient(),
    save: (name: string, bytes: Uint8Array<ArrayBuffer>) => download(name, bytes, 'application/zip'),
  };
  const placeOf = (device: MadeDevice): IssuePlace => ({
    environment,
    caId,
    words: wordsOf({
      name: device.facts.subject.fields.commonName ?? device.clientName,
      isReplacement: replaces !== undefined,
    }),
    replaces,
    profileId,
  });

  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
      if (shown.current !== undefined) pkiClient().forget(shown.current);
      shown.current = undefined;
      setMade(undefined);
      setState({ kind: 'idle' });
    };
  }, []);

  // A certificate that waits for its row has lost its key with the worker: it must not be reserved any more.
  useEffect(
    () =>
      pkiClient().onEnded(() => {
        setMade(undefined);
        setState((now) =>
          now.kind === 'failed' && now.fault.at === 'reserve'
            ? { kind: 'failed', fault: { at: 'prepare', fault: { kind: 'worker-stopped' } } }
            : now,
        );
      }),
    [],
  );

  async function once(run: () => Promise<void>) {
    if (isRunning.current) return;
    isRunning.current = true;
    try {
      await run();
    } finally {
      isRunning.current = false;
    }
  }

  async function goOn(device: MadeDevice) {
    const reserved = await reserveDevice(device, placeOf(device), ports);
    if (isLeft.current) return;
    if (!reserved.ok) return setState({ kind: 'failed', fault: reserved.failure });
    await deliver(reserved.value);
  }

  async function deliver(device: IssuedDevice) {
    const delivered = await deliverBundle(device, placeOf(device), ports);
    if (shown.current !== device.draftHandle) return;
    if (delivered.ok) {
      const { isConfirmed } = delivered.value;
      setState({ kind: 'issued', device, isDownloaded: true, isConfirmed });
    } else {
      const fault = delivered.failure;
      setState({ kind: 'issued', device, isDownloaded: false, isConfirmed: false, fault });
    }
  }

  const isUnconfirmed = state.kind === 'issued' && state.isDownloaded && !state.isConfirmed;
  useConfirmation(isUnconfirmed ? state.device.certificateId : undefined, async (certificateId) => {
    const isConfirmed = await confirmBundle(certificateId, { environment }, ports);
    if (isConfirmed) {
      setState((now) =>
        now.kind === 'issued' && now.device.certificateId === certificateId
          ? { ...now, isConfirmed: true }
          : now,
      );
    }
    return isConfirmed;
  });

  async function start(request: DeviceRequest, clientNameOf: (facts: CertificateFacts) => string) {
    setState({ kind: 'working' });
    const prepared = await prepareDevice(request, clientNameOf, ports);
    if (isLeft.current) {
      if (prepared.ok) pkiClient().forget(prepared.value.draftHandle);
      return;
    }
    if (prepared.ok) {
      setMade(prepared.value);
      shown.current = prepared.value.draftHandle;
      return goOn(prepared.value);
    }
    const { failure } = prepared;
    if (failure.at === 'prepare' && failure.fault.kind === 'handle-unknown') lockKey(caId);
    setState({ kind: 'failed', fault: failure });
  }

  function discard() {
    if (made !== undefined) pkiClient().forget(made.draftHandle);
    shown.current = undefined;
    setMade(undefined);
    setState({ kind: 'idle' });
  }

  return {
    state,
    /** Made, and not known to be saved: to leave now loses it. */
    isAtRisk: made !== undefined && !(state.kind === 'issued' && state.isDownloaded),
    isWaiting: made !== undefined && state.kind === 'failed',
    issue: (request: DeviceRequest, clientNameOf: (facts: CertificateFacts) => string) =>
      once(() => start(request, clientNameOf)),
    /** Asks the server again for the certificate that waits. */
    retry: () =>
      once(async () => {
        if (made === undefined) return;
        setState({ kind: 'working' });
        await goOn(made);
      }),
    downloadAgain: (device: IssuedDevice) => once(() => deliver(device)),
    /** Gives up what was made, or begins anew after a download. */
    discard,
  };
}
