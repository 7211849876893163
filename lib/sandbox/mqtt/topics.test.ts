import { describe, expect, it } from 'vitest';
import { isRequestTopic, topicFault } from './topics';

describe('isRequestTopic', () => {
  it.each([
    ['$aws/things/pump-7/shadow/update', true, 'classic shadow'],
    ['$aws/things/pump-7/shadow/name/config/get', true, 'named shadow'],
    ['$aws/things/pump-7/shadow/update/accepted', false, 'an answer, which only AWS gives'],
    ['$aws/things/pump-7/jobs/start-next', true, 'jobs'],
    ['$aws/things/pump-7/jobs/job-1/update', true, 'one job'],
    ['$aws/rules/store/a/b', true, 'basic ingest'],
    ['$aws/rules/store', true, 'basic ingest without a topic'],
    ['$aws/provisioning-templates/t/provision/json', true, 'fleet provisioning'],
    ['$aws/certificates/create/json', true, 'fleet provisioning'],
    ['$aws/events/certificates/registered/abc', false, 'events are not for clients to forge'],
    ['$aws/events/presence/connected/x', false, 'the same'],
    ['$SYS/broker', false, 'other reserved names'],
    ['$aws/things//shadow/update', false, 'no thing'],
  ])('%s -> %s (%s)', (topic, expected) => {
    expect(isRequestTopic(topic)).toBe(expected);
  });
});

describe('topicFault (AWS IoT Core quotas)', () => {
  it.each<[string, string | undefined, string]>([
    ['a'.repeat(256), undefined, 'the limit'],
    ['a'.repeat(257), 'too-long', 'one more'],
    ['é'.repeat(129), 'too-long', 'bytes of UTF-8 count, not characters'],
    ['a/b/c/d/e/f/g/h', undefined, 'seven slashes'],
    ['a/b/c/d/e/f/g/h/i', 'too-many-slashes', 'eight'],
    ['$aws/rules/store/a/b/c/d/e/f/g/h', undefined, "basic ingest's own levels do not count"],
  ])('%s -> %s (%s)', (topic, expected) => {
    expect(topicFault(topic)).toBe(expected);
  });
});
