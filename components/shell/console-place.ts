/** The pages of the navigation. Which of them an operator sees is decided by the page's permission and by what the environment offers. */
export const CONSOLE_PAGES = [
  'overview',
  'find',
  'issue',
  'devices',
  'batches',
  'ledger',
  'stuck',
  'pending',
  'preFlight',
  'checkBatch',
  'certificateAuthorities',
  'templates',
  'profiles',
  'things',
  'certificates',
  'policies',
  'mqttClient',
  'sandbox',
  'operators',
  'audit',
] as const;

export type ConsolePage = (typeof CONSOLE_PAGES)[number];

export type NavigationGroup = 'overview' | 'devices' | 'trust' | 'registry' | 'rehearsal' | 'administration';

/** The side navigation, grouped by job. */
export const NAVIGATION: ReadonlyArray<{ group: NavigationGroup; pages: readonly ConsolePage[] }> = [
  { group: 'overview', pages: ['overview'] },
  {
    group: 'devices',
    pages: ['find', 'issue', 'devices', 'batches', 'ledger', 'stuck', 'pending', 'preFlight', 'checkBatch'],
  },
  { group: 'trust', pages: ['certificateAuthorities', 'templates', 'profiles'] },
  { group: 'registry', pages: ['things', 'certificates', 'policies'] },
  { group: 'rehearsal', pages: ['mqttClient', 'sandbox'] },
  { group: 'administration', pages: ['operators', 'audit'] },
];

/** What the frame shows of an environment. */
export type EnvironmentFacts = {
  id: string;
  name: string;
  kind: 'sandbox' | 'aws';
  accountId: string;
  region: string;
};

/** What the frame shows of who is signed in. */
export type OperatorFacts = { name: string; email: string; role: 'security-admin' | 'engineer' | 'support' };
