import type { Sentence } from '@/lib/policy/builder/sentence';

export const PRESETS = ['connect', 'publish', 'subscribe', 'deny', 'blank'] as const;
export type Preset = (typeof PRESETS)[number];

/** The sentences that are added most, the least that each can mean. */
export function presetSentence(preset: Preset): Sentence {
  const base = { effect: 'Allow', condition: undefined, sid: undefined } as const;
  switch (preset) {
    case 'connect':
    case 'blank':
      return {
        ...base,
        actions: ['iot:Connect'],
        scopes: [{ kind: 'own', type: 'client', owner: 'thing-name' }],
      };
    case 'publish':
      return {
        ...base,
        actions: ['iot:Publish', 'iot:Receive'],
        scopes: [{ kind: 'own-subtree', type: 'topic', owner: 'thing-name', before: '' }],
      };
    case 'subscribe':
      return {
        ...base,
        actions: ['iot:Subscribe'],
        scopes: [{ kind: 'own-subtree', type: 'topicfilter', owner: 'thing-name', before: '' }],
      };
    case 'deny':
      return {
        ...base,
        effect: 'Deny',
        actions: ['iot:Publish'],
        scopes: [{ kind: 'pattern', type: 'topic', pattern: 'admin/*' }],
      };
  }
}
