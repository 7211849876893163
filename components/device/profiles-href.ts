import type { Route } from 'next';
import { printQuery } from '@/components/registry/list-query';

export const profilesHref = (environment: string): Route => printQuery(`/e/${environment}/profiles`, {});

/** Without a profile: a new one. */
export const editProfileHref = (environment: string, profile?: string): Route =>
  printQuery(`/e/${environment}/profiles/edit`, { profile });
