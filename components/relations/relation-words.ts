'use client';

import type { Route } from 'next';
import { useTranslations } from 'use-intl';
import { shortenMiddle } from '@/components/ui/shorten-middle';
import type { RelationNode } from '@/lib/registry/relations';

/** A node with the page that shows it, where it has one. */
export type LinkedNode = RelationNode & { href: Route | undefined };

const CERTIFICATE_STATUSES = [
  'ACTIVE',
  'INACTIVE',
  'PENDING_ACTIVATION',
  'PENDING_TRANSFER',
  'REGISTER_INACTIVE',
  'REVOKED',
] as const;
const CA_STATUSES = ['ACTIVE', 'INACTIVE'] as const;

/** What fits into a box. */
const HEAD_CHARACTERS = 9;
const TAIL_CHARACTERS = 8;

/** The words for a node in the reader's language: its kind, its name short and whole, its status. */
export function useRelationWords() {
  const t = useTranslations('relations.kind');
  const template = useTranslations('relations');
  const statusOf = useTranslations('status');
  return ({ kind, name, status }: RelationNode) => {
    // A template on the CA itself has no name.
    const full = name === '' ? template('inlineTemplate') : name;
    // Of a role the name says more than the ARN.
    const shown = kind === 'role' ? (full.split('/').at(-1) ?? full) : full;
    const certificate = CERTIFICATE_STATUSES.find((known) => known === status);
    const ca = CA_STATUSES.find((known) => known === status);
    return {
      kind: t(kind),
      full,
      short: shortenMiddle(shown, HEAD_CHARACTERS, TAIL_CHARACTERS),
      status:
        kind === 'ca' ? ca && statusOf(`ca.${ca}`) : certificate && statusOf(`certificate.${certificate}`),
    };
  };
}
