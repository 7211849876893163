import type { RegionState } from '@/lib/sandbox/state/region-state';
import type { TrailEventRecord } from './trail-events';

/** The `CloudTrailEvent` of an event: CloudTrail User Guide, "CloudTrail record contents". */
export function trailRecord({ name: region, accountId }: RegionState, event: TrailEventRecord): string {
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: event.userIdentity,
    eventTime: secondsText(event.at),
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: region,
    sourceIPAddress: event.sourceIpAddress,
    userAgent: event.userAgent,
    errorCode: event.errorCode,
    errorMessage: event.errorMessage,
    requestParameters: event.requestParameters ?? null,
    responseElements: event.responseElements ?? null,
    requestID: event.eventId,
    eventID: event.eventId,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
  });
}

/** ISO 8601 in whole seconds, as CloudTrail writes times. */
export const secondsText = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
