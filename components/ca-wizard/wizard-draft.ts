/**
 * What a person has decided so far on the way to a registered CA. Public data only: it outlives a reload, so no key and no
 * passphrase may ever stand in it.
 * @module
 */
import type { Issuer } from '@/lib/pki/issuer-chain';
import type { KeyAlgorithm } from '@/lib/pki/key-algorithm';
import type { StarterKind } from '@/lib/provisioning/starters';
import type { CertificateMode } from '@/lib/registry/certificate-authority';

export const STEP_IDS = ['authority', 'key', 'mode', 'template', 'role', 'review', 'run'] as const;
export type StepId = (typeof STEP_IDS)[number];

/** The subject fields in the order in which the form asks for them. */
export const SUBJECT_FIELDS = [
  'commonName',
  'organization',
  'organizationalUnit',
  'country',
  'stateName',
  'locality',
  'serialNumber',
  'dnQualifier',
] as const;
export type SubjectFieldId = (typeof SUBJECT_FIELDS)[number];

export type CaForm = {
  subject: Record<SubjectFieldId, string>;
  algorithm: KeyAlgorithm;
  validityDays: number;
  /** Its own key, or the CA above whose key is opened for the signature. */
  signer: 'self' | 'parent';
};

/** Where the CA's private key is, as far as the person has shown. */
export type KeyCustody =
  /** Brought without its key: only SNI_ONLY is possible. */
  | 'absent'
  /** Brought in an encrypted file, which the person has. */
  | 'encrypted-file'
  /** Brought in a file that anybody can read. */
  | 'plain-file'
  /** Made here, in this tab only. */
  | 'unsaved'
  /** The encrypted file has left the page; nobody knows whether it can be opened. */
  | 'downloaded'
  /** The file was dropped back, opened with its passphrase, and fits the certificate. */
  | 'proved';

/** A CA certificate as the page shows it. Dates are ISO 8601. */
export type CaFacts = {
  caId: string;
  subject: string;
  commonName: string | undefined;
  isSelfIssued: boolean;
  notBefore: string;
  notAfter: string;
  /** E.g. `P-256`, `RSA 2048`. */
  keyName: string;
  signatureAlgorithm: string;
};

export type CaInHand = {
  pem: string;
  facts: CaFacts;
  custody: KeyCustody;
  /** What stands above it, nearest first, as far as it is known. */
  issuers: readonly Issuer[];
};

/** The CA above, while one below it is made; its key is never part of a draft. */
export type ParentCa = Pick<CaInHand, 'pem' | 'facts' | 'issuers'>;

/** `madeFrom` and `parentId` are the form and the CA above as they were, so that a later edit is noticed. */
export type CreatedCa = CaInHand & { madeFrom: CaForm; parentId: string | undefined };

export type TemplateDraft = {
  choice: 'starter' | 'own' | 'none';
  starter: StarterKind;
  /** The policy that the starter "predefined-policy" names. */
  policyName: string;
  /** The run creates that policy, because it does not exist yet. */
  createsPolicy: boolean;
  /** The person's own text, as typed: a template, a registration config, or one of these as a string. */
  ownText: string;
};

export type RoleDraft = {
  choice: 'existing' | 'typed' | 'new';
  existingArn: string | undefined;
  typedArn: string;
  newName: string;
};

export type WizardDraft = {
  step: StepId;
  /** Steps that were left by "Next" at least once. */
  completed: readonly StepId[];
  road: 'create' | 'bring';
  form: CaForm;
  parent: ParentCa | undefined;
  created: CreatedCa | undefined;
  brought: CaInHand | undefined;
  mode: CertificateMode;
  template: TemplateDraft;
  role: RoleDraft;
  setAsActive: boolean;
  autoRegistration: boolean;
};

export const CA_VALIDITY_DAYS_DEFAULT = 3650;
/** The names AWS's article uses. */
export const ROLE_NAME_DEFAULT = 'JITPRole';
export const POLICY_NAME_DEFAULT = 'FleetPolicy';

const NO_SUBJECT: CaForm['subject'] = {
  commonName: '',
  organization: '',
  organizationalUnit: '',
  country: '',
  stateName: '',
  locality: '',
  serialNumber: '',
  dnQualifier: '',
};

/** AWS's article on JITP (Knowledge Center), to the letter. */
export const ARTICLE_FORM: CaForm = {
  subject: { ...NO_SUBJECT, country: 'IN', organization: 'AMZ' },
  algorithm: 'RSA-2048',
  validityDays: 3650,
  signer: 'self',
};

export const NEW_DRAFT: WizardDraft = {
  step: 'authority',
  completed: [],
  road: 'create',
  form: { subject: NO_SUBJECT, algorithm: 'P-256', validityDays: CA_VALIDITY_DAYS_DEFAULT, signer: 'self' },
  parent: undefined,
  created: undefined,
  brought: undefined,
  mode: 'DEFAULT',
  template: {
    choice: 'starter',
    starter: 'scoped',
    policyName: POLICY_NAME_DEFAULT,
    createsPolicy: false,
    ownText: '',
  },
  role: { choice: 'new', existingArn: undefined, typedArn: '', newName: ROLE_NAME_DEFAULT },
  setAsActive: true,
  autoRegistration: true,
};

/** The CA of the road that was chosen. */
export const caOf = (draft: WizardDraft): CaInHand | undefined =>
  draft.road === 'create' ? draft.created : draft.brought;
