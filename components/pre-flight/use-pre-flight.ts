'use client';

import { useRef, useState } from 'react';
import type { FileContent } from '@/components/ui/file-content';
import { orNoAnswer } from '@/components/ui/no-answer';
import type { BundleFault } from '@/lib/browser/open-bundle';
import { pkiClient } from '@/lib/browser/pki-client';
import { orStopped, type WorkerStopped } from '@/lib/browser/worker-stopped';
import { bundleChecks } from '@/lib/diagnosis/pre-flight/bundle-checks';
import { inCheckOrder, type PreFlightCheck } from '@/lib/diagnosis/pre-flight/check';
import type { Failure } from '@/lib/failure';
import type { BundleReading } from '@/lib/pki/read-bundle';
import type { Result } from '@/lib/result';

/** Only what a device shows to anybody who listens: certificates and where it connects. */
export type CheckBundle = (input: {
  environment: string;
  leafPem: string;
  issuerPem?: string | undefined;
  serverRootPems: string[];
  target: { host?: string | undefined; port?: number | undefined; clientId?: string | undefined };
}) => Promise<Result<{ checks: PreFlightCheck[]; at: string }, Failure>>;

export type Checked = {
  name: string;
  /** ISO 8601. */
  at: string;
  checks: readonly PreFlightCheck[];
};

export type PreFlightState = {
  work: 'idle' | 'reading' | 'asking';
  fault: BundleFault | WorkerStopped | undefined;
  /** Of the server's part; the checks of the page stay. */
  failure: Failure | undefined;
  checked: Checked | undefined;
};

const IDLE: PreFlightState = { work: 'idle', fault: undefined, failure: undefined, checked: undefined };

export function usePreFlight(
  environment: string,
  checkBundle: CheckBundle,
): PreFlightState & { take: (contents: FileContent[]) => Promise<void> } {
  const [state, setState] = useState(IDLE);
  const latest = useRef(0);

  async function take(contents: FileContent[]) {
    latest.current += 1;
    const turn = latest.current;
    /** A bundle that was dropped meanwhile counts alone. */
    const show = (next: Partial<PreFlightState>) => {
      if (turn === latest.current) setState({ ...IDLE, ...next });
    };
    show({ work: 'reading' });
    const files = contents.map(({ name, bytes }) => ({ name: name ?? '', bytes }));
    const read = await orStopped(pkiClient().call('readBundle', { files }));
    if (!read.ok) return show({ fault: read.failure });
    const { leaf } = read.value;
    const own = bundleChecks(read.value);
    const name = leaf?.facts.subject.fields.commonName ?? leaf?.facts.subject.text ?? '';
    const checkedAt = (at: string, checks: readonly PreFlightCheck[]): Checked => ({ name, at, checks });
    if (leaf === undefined) return show({ checked: checkedAt(new Date().toISOString(), own) });
    show({ work: 'asking' });
    const answer = await ask(read.value, leaf.pem);
    if (answer.ok) {
      show({ checked: checkedAt(answer.value.at, inCheckOrder([...own, ...answer.value.checks])) });
    } else {
      show({ failure: answer.failure, checked: checkedAt(new Date().toISOString(), own) });
    }
  }

  async function ask(
    { issuer, serverRoots, target: { host, port, clientId } }: BundleReading,
    leafPem: string,
  ) {
    return orNoAnswer(
      checkBundle({
        environment,
        leafPem,
        issuerPem: issuer?.pem,
        serverRootPems: serverRoots.slice(0, SERVER_ROOTS_MAX).map(({ pem }) => pem),
        target: { host, port, clientId },
      }),
    );
  }

  return { ...state, take };
}

/** What the server takes. */
const SERVER_ROOTS_MAX = 8;
