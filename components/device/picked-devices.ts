/**
 * Devices of a batch that a person picked, in an address.
 * @module
 */
import type { Route } from 'next';
import { z } from 'zod';

/** As many as a page of them has at most; more are all of them. */
export const PICKED_MAX = 100;

/** Of a SHA-256: enough to tell the devices of a batch apart, and a hundred of them fit an address. */
const PICKED_DIGITS = 16;

const PICKED = new RegExp(`^[0-9a-f]{${PICKED_DIGITS}}(,[0-9a-f]{${PICKED_DIGITS}}){0,${PICKED_MAX - 1}}$`);

/** Devices of a batch in an address, by the first digits of their certificate ids. */
export const pickedParameter = z
  .string()
  .regex(PICKED)
  .transform((text) => text.split(','));

export const printPicked = (certificateIds: readonly string[]): string =>
  certificateIds.map((id) => id.slice(0, PICKED_DIGITS)).join(',');

/** @param href - with a query already */
export const withPicked = (href: Route, certificateIds: readonly string[]): Route =>
  `${href}&only=${printPicked(certificateIds)}` as Route;
