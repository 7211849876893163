/**
 * What the ledger and AWS say of a batch that was handed over: plain data that travels from the server to the browser.
 * @module
 */
export type LedgerAnswer = {
  /**
   * `same`: a batch was delivered with this manifest. `differs`: its devices are those of a batch that was delivered with another one.
   * `open`: their batch was never confirmed. `unknown`: the ledger has neither.
   */
  verdict: 'same' | 'differs' | 'open' | 'unknown';
  batch:
    | {
        id: string;
        caId: string;
        devices: number;
        operatorName: string;
        /** ISO 8601; undefined while it is open. */
        endedAt: string | undefined;
      }
    | undefined;
  /** Undefined where there is no batch, or AWS could not be asked about its CA. */
  ca: { name: string; pem: string; templateBody: string | undefined } | undefined;
  /** What devices of this environment are to trust; undefined where it could not be told. */
  serverRootPem: string | undefined;
};
