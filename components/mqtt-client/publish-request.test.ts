import { describe, expect, it } from 'vitest';
import { EMPTY_PUBLISH_FORM, type PublishForm } from './kept-work';
import { type PublishFaults, readPublishForm } from './publish-request';

const formOf = (typed: Partial<PublishForm>): PublishForm => ({
  ...EMPTY_PUBLISH_FORM,
  topic: 'a/b',
  ...typed,
});

describe('readPublishForm', () => {
  it.each<[Partial<PublishForm>, PublishFaults, string]>([
    [{ topic: '' }, { topic: 'empty' }, 'no topic'],
    [{ topic: 'a/#' }, { topic: 'wildcard' }, 'a filter is no topic'],
    [{ form: 'json', payload: '{' }, { payload: 'no-json' }, 'broken JSON'],
    [{ payload: 'a'.repeat(128 * 1024 + 1) }, { payload: 'too-large' }, 'more than AWS IoT takes'],
    [{ responseTopic: 'a/+' }, { responseTopic: 'wildcard' }, 'an answer goes to one topic'],
    [{ correlationData: 'abc' }, { correlationData: 'no-hex' }, 'half a byte'],
    [{ correlationData: 'ab'.repeat(257) }, { correlationData: 'too-long' }, 'too long'],
    [{ expiry: '0' }, { expiry: 'no-seconds' }, 'expired at once'],
    [{ expiry: '4294967296' }, { expiry: 'no-seconds' }, 'more than four bytes'],
    [{ expiry: '1e3' }, { expiry: 'no-seconds' }, 'digits alone'],
    [{ userProperties: 'site Pune' }, { userProperties: 'no-pair' }, 'no colon'],
    [{ userProperties: `a: ${'b'.repeat(9000)}` }, { userProperties: 'too-long' }, 'more than AWS IoT takes'],
    [{ topic: '', expiry: 'x' }, { topic: 'empty', expiry: 'no-seconds' }, 'all faults at once'],
  ])('%#: %j (%s)', (typed, faults) => {
    expect(readPublishForm(formOf(typed))).toEqual({ ok: false, failure: faults });
  });

  it('sends all that MQTT 5 has', () => {
    const read = readPublishForm(
      formOf({
        payload: 'Hi',
        qos: 1,
        retain: true,
        contentType: 'text/plain',
        responseTopic: 'a/answer',
        correlationData: 'CA FE',
        expiry: '60',
        userProperties: 'site: Pune\n\nsite: http://b\n',
      }),
    );
    expect(read).toEqual({
      ok: true,
      value: {
        topic: 'a/b',
        payload: 'SGk=',
        qos: 1,
        retain: true,
        properties: {
          isUtf8: true,
          contentType: 'text/plain',
          responseTopic: 'a/answer',
          correlationData: 'yv4=',
          messageExpirySeconds: 60,
          userProperties: [
            ['site', 'Pune'],
            ['site', 'http://b'],
          ],
        },
      },
    });
  });
});
