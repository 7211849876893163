/**
 * The AWS managed policies that set-ups of AWS IoT attach, as the AWS Managed Policy Reference Guide publishes them.
 * @module
 */
import {
  THINGS_REGISTRATION_POLICY_ARN,
  THINGS_REGISTRATION_POLICY_DOCUMENT,
} from '@/lib/provisioning/provisioning-role';
import type { ManagedPolicy } from './managed-policies';

type Published = {
  name: string;
  policyId: string;
  versionId?: string;
  createdAt: string;
  description: string;
  document: string;
};

const allowing = (actions: readonly string[], resource: string | readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: resource }],
  });

const PUBLISHED: readonly Published[] = [
  {
    name: 'AWSIoTThingsRegistration',
    policyId: 'ANPAI3YQXTC5XAEVTJNEU',
    versionId: 'v3',
    createdAt: '2017-12-01T20:21:52Z',
    description:
      'This policy allows users to register things at bulk using AWS IoT StartThingRegistrationTask API',
    document: THINGS_REGISTRATION_POLICY_DOCUMENT,
  },
  {
    name: 'AWSIoTLogging',
    policyId: 'ANPAI6R6Z2FHHGS454W7W',
    createdAt: '2015-10-08T15:17:25Z',
    description: 'Allows creation of Amazon CloudWatch Log groups and streaming logs to the groups',
    document: allowing(
      [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'logs:PutMetricFilter',
        'logs:PutRetentionPolicy',
        'logs:GetLogEvents',
        'logs:DeleteLogStream',
      ],
      ['*'],
    ),
  },
  {
    name: 'AWSIoTRuleActions',
    policyId: 'ANPAJEZ6FS7BUZVUHMOKY',
    createdAt: '2015-10-08T15:14:51Z',
    description: 'Allows access to all AWS services supported in AWS IoT Rule Actions',
    document: allowing(
      [
        'dynamodb:PutItem',
        'kinesis:PutRecord',
        'iot:Publish',
        's3:PutObject',
        'sns:Publish',
        'sqs:SendMessage*',
        'cloudwatch:SetAlarmState',
        'cloudwatch:PutMetricData',
        'es:ESHttpPut',
        'firehose:PutRecord',
      ],
      '*',
    ),
  },
  {
    name: 'AWSLambdaBasicExecutionRole',
    policyId: 'ANPAJNCQGXC42545SKXIK',
    createdAt: '2015-04-09T15:03:43Z',
    description: 'Provides write permissions to CloudWatch Logs.',
    document: allowing(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*'),
  },
];

const ARN_PREFIX = THINGS_REGISTRATION_POLICY_ARN.slice(
  0,
  THINGS_REGISTRATION_POLICY_ARN.lastIndexOf('/') + 1,
);

export const AWS_MANAGED_POLICIES: ReadonlyMap<string, ManagedPolicy> = new Map(
  PUBLISHED.map(({ name, policyId, versionId = 'v1', createdAt, description, document }) => {
    const created = new Date(createdAt).getTime();
    const policy: ManagedPolicy = {
      owner: 'AWS',
      arn: `${ARN_PREFIX}${name}`,
      name,
      path: '/service-role/',
      policyId,
      description,
      defaultVersionId: versionId,
      versions: { [versionId]: { document, createdAt: created } },
      createdAt: created,
      modifiedAt: created,
      tags: [],
    };
    return [policy.arn, policy];
  }),
);
