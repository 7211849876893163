'use client';

import { useTranslations } from 'use-intl';
import type { Failure } from '@/lib/failure';
import { assertNever } from '@/lib/result';

/** AWS errors that deserve their own sentence; every other one gets the general one. */
const KNOWN_AWS_ERRORS = [
  'AccessDeniedException',
  'CertificateConflictException',
  'CertificateStateException',
  'CertificateValidationException',
  'ConflictingResourceUpdateException',
  'DeleteConflictException',
  'ExpiredTokenException',
  'InternalFailureException',
  'InvalidRequestException',
  'LimitExceededException',
  'MalformedPolicyException',
  'RegistrationCodeValidationException',
  'ResourceAlreadyExistsException',
  'ResourceNotFoundException',
  'ServiceUnavailableException',
  'ThrottlingException',
  'UnauthorizedException',
  'UnrecognizedClientException',
  'VersionsLimitExceededException',
] as const;

/** What IAM and STS, which speak AWS's query protocol, call the same outcome. */
const SAME_AS: ReadonlyMap<string, (typeof KNOWN_AWS_ERRORS)[number]> = new Map([
  ['AccessDenied', 'AccessDeniedException'],
  ['EntityAlreadyExistsException', 'ResourceAlreadyExistsException'],
  ['ExpiredToken', 'ExpiredTokenException'],
  ['InvalidClientTokenId', 'UnrecognizedClientException'],
  ['NoSuchEntityException', 'ResourceNotFoundException'],
  ['Throttling', 'ThrottlingException'],
]);

type Sentences = { sentence: string; nextStep: string | undefined };

/** The words for a failure: what happened, and what to do next. */
export function useFailureSentence(failure: Failure): Sentences {
  return useFailureSentences()(failure);
}

/** The words for a failure that is not known yet. */
export function useFailureSentences(): (failure: Failure) => Sentences {
  const t = useTranslations('failure');
  return (failure) => sentencesOf(failure, t);
}

function sentencesOf(failure: Failure, t: ReturnType<typeof useTranslations<'failure'>>): Sentences {
  switch (failure.kind) {
    case 'aws': {
      const known =
        KNOWN_AWS_ERRORS.find((name) => name === failure.name) ?? SAME_AS.get(failure.name) ?? 'other';
      const params = { call: `${failure.service}:${failure.operation}` };
      return { sentence: t(`aws.${known}.what`, params), nextStep: t(`aws.${known}.next`, params) };
    }
    case 'not-found':
      return {
        sentence: t(`not-found.${failure.resource}.what`, { id: failure.id }),
        nextStep: t(`not-found.${failure.resource}.next`),
      };
    case 'sandbox':
      return {
        sentence: t(`sandbox.${failure.reason}.what`),
        nextStep: t(`sandbox.${failure.reason}.next`),
      };
    case 'mqtt':
      return {
        sentence: t(`mqtt.${failure.reason}.what`, { detail: failure.detail }),
        nextStep: t(`mqtt.${failure.reason}.next`),
      };
    case 'conflict':
      return {
        sentence: t(`conflict.${failure.reason}.what`),
        nextStep: t(`conflict.${failure.reason}.next`),
      };
    case 'busy':
      return {
        sentence: t('busy.what'),
        nextStep: t('busy.next', { seconds: Math.max(1, Math.ceil(failure.retryAfterMs / 1000)) }),
      };
    case 'invalid-input':
    case 'signed-out':
    case 'forbidden':
    case 'aws-unreachable':
    case 'statement-timeout':
    case 'no-answer':
    case 'page-outdated':
    case 'unexpected':
      return { sentence: t(`${failure.kind}.what`), nextStep: t(`${failure.kind}.next`) };
    default:
      return assertNever(failure);
  }
}
