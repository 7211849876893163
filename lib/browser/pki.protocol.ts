/**
 * What the page asks of the PKI worker and what it gets back. No answer has room for a private key in the clear, save
 * the finished bundle, which is what the person asked to download.
 * @module
 */

import type { BundleTarget } from '@/lib/pki/bundle';
import type { BundleFileNames } from '@/lib/pki/bundle-names';
import type { SubjectRefused } from '@/lib/pki/ca-certificate';
import type { CertificateFault } from '@/lib/pki/certificate';
import type { DeviceFault } from '@/lib/pki/device-certificate';
import type { CertificateFacts } from '@/lib/pki/inspect-certificate';
import type { IntermediateFault } from '@/lib/pki/intermediate-certificate';
import type { KeyAlgorithm } from '@/lib/pki/key-algorithm';
import type { PassphraseRefused } from '@/lib/pki/passphrase';
import type { PrivateKeyFault } from '@/lib/pki/private-key';
import type { BundleInput, BundleReading } from '@/lib/pki/read-bundle';
import type { Recognised, RecogniseFault } from '@/lib/pki/recognise';
import type { Subject } from '@/lib/pki/subject';
import type { VerificationFault } from '@/lib/pki/verification-certificate';
import type { Result } from '@/lib/result';
import type { BatchOperations } from './batch/batch.protocol';
import type { BundleCheckOperations } from './bundle-check/bundle-check.protocol';
import type { BundleFault } from './open-bundle';
import type { Brought, BroughtFault } from './read-brought';

/** Names a CA key in the worker; worthless outside this tab. */
export type KeyHandle = string;
/** Names a certificate in the worker whose bundle is not finished. */
export type DraftHandle = string;

/** The handle is not (or no longer) known: locked, discarded, or the worker was started anew. */
export type HandleUnknown = { kind: 'handle-unknown' };

export type NewCa = {
  subject: Subject;
  algorithm: KeyAlgorithm;
  validityDays: number;
  /** The CA above, unlocked; the handle is worth nothing after a signature. Undefined: self-signed. */
  parentHandle?: KeyHandle | undefined;
};
export type CreatedCa = {
  keyHandle: KeyHandle;
  caPem: string;
  /** What stands above it, nearest first. */
  issuerPems: string[];
  facts: CertificateFacts;
};

export type CaRequestFiles = { csrPem: string; encryptedKeyPem: string };

export type CaKeyFile = {
  /** Text, or the bytes of a file (PEM or DER). */
  file: string | Uint8Array;
  passphrase?: string | undefined;
  caPem: string;
  /** What stands above the CA, for the chains of its devices; what did not sign it is left out. */
  issuerPems?: readonly string[] | undefined;
  /** True while an own CA is brought in and its key, in plain so far, still has to be exported encrypted; such a handle can export once. */
  isExportable?: boolean | undefined;
};
export type OpenedCa = { keyHandle: KeyHandle; facts: CertificateFacts };
export type CaKeyFault =
  | PrivateKeyFault
  | CertificateFault
  | { kind: 'file-too-big'; bytes: number; bytesMax: number }
  /** The key is good, but it is another certificate's. */
  | { kind: 'key-mismatch' };

/** The key was sealed by an earlier export: the encrypted file made then is the only copy. */
export type KeySealed = { kind: 'key-sealed' };

export type VerificationPair = { csrPem: string; certificatePem: string };

export type DeviceRequest = {
  caHandle: KeyHandle;
  validityDays: number;
  source:
    | { kind: 'new-key'; subject: Subject; algorithm: KeyAlgorithm }
    /** `subject` replaces the request's own. */
    | { kind: 'csr'; csr: string | Uint8Array; subject?: Subject | undefined };
};
export type PreparedDevice = {
  draftHandle: DraftHandle;
  certificatePem: string;
  certificateId: string;
  facts: CertificateFacts;
  fileNames: BundleFileNames;
};
/** `bytes` is a ZIP; the draft stays until it is discarded, so that a failed download can be repeated. */
export type FinishedBundle = { fileName: string; bytes: Uint8Array<ArrayBuffer>; fileNames: string[] };

type OperationsOnBatches = BatchOperations & BundleCheckOperations;

/** Every operation with its input and its answer. */
export type PkiOperations = OperationsOnBatches & {
  createCa: { input: NewCa; answer: Result<CreatedCa, HandleUnknown | IntermediateFault> };
  createCaRequest: {
    input: { subject: Subject; algorithm: KeyAlgorithm; passphrase: string };
    answer: Result<CaRequestFiles, SubjectRefused | PassphraseRefused>;
  };
  exportCaKey: {
    input: { keyHandle: KeyHandle; passphrase: string };
    answer: Result<{ encryptedKeyPem: string }, HandleUnknown | KeySealed | PassphraseRefused>;
  };
  openCaKeyFile: { input: CaKeyFile; answer: Result<OpenedCa, CaKeyFault> };
  makeVerification: {
    input: { keyHandle: KeyHandle; registrationCode: string };
    answer: Result<VerificationPair, HandleUnknown | VerificationFault>;
  };
  prepareDevice: { input: DeviceRequest; answer: Result<PreparedDevice, HandleUnknown | DeviceFault> };
  finishBundle: {
    input: { draftHandle: DraftHandle; target: BundleTarget };
    answer: Result<FinishedBundle, HandleUnknown>;
  };
  recognise: { input: { file: string | Uint8Array }; answer: Result<Recognised[], RecogniseFault> };
  /** Whole bundles, ZIPs among them; of keys only whose they are. */
  readBundle: { input: { files: readonly BundleInput[] }; answer: Result<BundleReading, BundleFault> };
  /** One file of any kind that a person has of a device. */
  readBrought: {
    input: { file: BundleInput; passphrase: string | undefined };
    answer: Result<Brought, BroughtFault>;
  };
  discard: { input: { handle: KeyHandle | DraftHandle }; answer: Result<null, never> };
  lock: { input: null; answer: Result<null, never> };
};

export type Operation = keyof PkiOperations;

/** `id` pairs an answer with its request. */
export type PkiRequest<Name extends Operation = Operation> = {
  [Each in Name]: { id: number; operation: Each; input: PkiOperations[Each]['input'] };
}[Name];

export type PkiAnswer<Name extends Operation = Operation> = {
  [Each in Name]: { id: number; operation: Each; answer: PkiOperations[Each]['answer'] };
}[Name];

/** A bug in the worker: its text is for the log, it never has key material. */
export type PkiCrash = { id: number; crash: string };
