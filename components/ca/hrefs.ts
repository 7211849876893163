/**
 * Where one goes from a CA.
 * @module
 */
import type { Route } from 'next';
import { certificatesHref } from '@/components/registry/certificates-query';

export const registerCaHref = (environment: string): Route =>
  `/e/${environment}/certificate-authorities/register` as Route;

/** The form that issues a device, with this CA chosen. */
export const issueHref = (environment: string, caId: string): Route =>
  `/e/${environment}/devices/issue?ca=${caId}` as Route;

/** All certificates that AWS registered under this CA. */
export const certificatesOfCaHref = (environment: string, caId: string): Route =>
  certificatesHref(environment, { ca: caId });

/** What becomes of its devices while it has no template. */
export const jitrHref = (environment: string, caId: string): Route =>
  `/e/${environment}/certificate-authorities/${caId}/jitr` as Route;
