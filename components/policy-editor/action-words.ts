/** The actions of devices, by what they are for. */
export const ACTION_GROUPS = {
  messages: [
    'Connect',
    'Publish',
    'Receive',
    'Subscribe',
    'RetainPublish',
    'GetRetainedMessage',
    'ListRetainedMessages',
  ],
  shadow: ['GetThingShadow', 'UpdateThingShadow', 'DeleteThingShadow', 'ListNamedShadowsForThing'],
  jobs: [
    'DescribeJobExecution',
    'GetPendingJobExecutions',
    'StartNextPendingJobExecution',
    'UpdateJobExecution',
  ],
  others: ['AssumeRoleWithCertificate'],
} as const;

export type ActionGroup = keyof typeof ACTION_GROUPS;
export type ActionWord = 'all' | (typeof ACTION_GROUPS)[ActionGroup][number];

const WORDS: readonly Exclude<ActionWord, 'all'>[] = Object.values(ACTION_GROUPS).flat();

/** The word of an action in the messages: its name without the service; `all` for `iot:*`. */
export function actionWord(action: string): ActionWord {
  return WORDS.find((word) => action === `iot:${word}`) ?? 'all';
}
