/** What the processes of the benchmark say to one another. */

export type HttpLoadOrder = {
  port: number;
  /** Whole requests, head and body. */
  requests: readonly string[];
  connections: number;
  /** Goes round the requests for so long; undefined: each once. */
  durationMs?: number | undefined;
};

export type HttpLoadResult = {
  answers: number;
  seconds: number;
  p50Ms: number;
  p99Ms: number;
  statuses: Readonly<Record<string, number>>;
};

/** What the plain server answers: to `METHOD target`, or to everything else. */
export type RecordedAnswer = { status: number; headers: Readonly<Record<string, string>>; body: string };
export type HttpFloorOrder = { answers: readonly (readonly [request: string, answer: RecordedAnswer])[] };

export type BenchDevice = { chainPem: string; keyPem: string; clientId: string };
export type TlsLoadOrder = { port: number; devices: readonly BenchDevice[]; connections: number };
/** Epoch milliseconds. */
export type TlsLoadResult = { startedAt: number; endedAt: number };
