/**
 * Which device somebody means, as far as the text or file at hand tells: what is to be looked up, and what it says besides.
 * Public facts only; this is all that leaves the page.
 * @module
 */
import type { GivenFacts } from './facts';

export type LookUp = {
  /** 64 lower-case hex digits each: of a certificate, or of a CA. */
  certificateIds: readonly string[];
  caIds: readonly string[];
  things: readonly string[];
  /** A common name, a thing's name, or the beginning of one. */
  names: readonly string[];
  /** Serial numbers of X.509 as lower-case hex without leading zeros. */
  serials: readonly string[];
  /** The device's own certificate. */
  certificatePem: string | undefined;
  given: GivenFacts | undefined;
};

export const NO_LOOK_UP: LookUp = {
  certificateIds: [],
  caIds: [],
  things: [],
  names: [],
  serials: [],
  certificatePem: undefined,
  given: undefined,
};

/** What one look-up may name of each kind: a log of more devices than this is no question about one. */
export const LOOK_UP_EACH_MAX = 4;
/** A thing's name (service model, `ThingName`); common names are shorter (RFC 5280 appendix A.1). */
export const NAME_CHARACTERS_MAX = 128;
/** AWS takes certificates of up to 49 152 bytes; base64 and line feeds on top. */
export const CERTIFICATE_CHARACTERS_MAX = 70_000;

export const NO_GIVEN: GivenFacts = {
  certificateCount: 0,
  isCaFirst: false,
  issuer: undefined,
  verification: undefined,
  region: undefined,
  accountId: undefined,
  host: undefined,
  clientId: undefined,
  symptom: undefined,
};

/** The Region in the name of AWS's endpoint for devices; a scheme before it and a port behind it do no harm. */
export function regionOfHost(host = ''): string | undefined {
  return /^(?:[\w+]{1,10}:\/\/)?[\w-]{1,63}\.iot\.([\w-]{1,30})\.amazonaws\.com/i.exec(host)?.[1];
}

/** Whether there is anything to look for. */
export const isNothing = ({
  certificateIds,
  caIds,
  things,
  names,
  serials,
  certificatePem,
}: LookUp): boolean =>
  certificatePem === undefined &&
  [certificateIds, caIds, things, names, serials].every(({ length }) => length === 0);
