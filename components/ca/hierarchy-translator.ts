import type { useTranslations } from 'use-intl';

/** The words of hierarchies and rotations; pages make it on the server and hand it to what they render there. */
export type HierarchyTranslator = ReturnType<typeof useTranslations<'hierarchy'>>;
