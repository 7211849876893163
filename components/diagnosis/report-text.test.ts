import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { deviceDiagnosis } from '@/lib/diagnosis/device-diagnosis';
import { notPermitted } from '@/lib/diagnosis/known';
import { AWAY, aCa, NOW, PENDING } from '@/lib/diagnosis/testing/example-facts';
import { LOCALES } from '@/lib/i18n/locales';
import { MESSAGES } from '@/lib/i18n/messages';
import { reportText } from './report-text';

const PLACE = { id: 'plant', name: 'Plant', accountId: '123456789012', region: 'eu-central-1' };
const ID = 'ab'.repeat(32);

function reported(locale: (typeof LOCALES)[number], facts: typeof AWAY): string {
  const t = createTranslator({ locale, messages: MESSAGES[locale], namespace: 'diagnosis' });
  return reportText(deviceDiagnosis(ID, facts, NOW), PLACE, { t, cause: ({ code }) => `cause ${code}` });
}

describe.each(LOCALES)('the text for the engineer in %s', (locale) => {
  const text = reported(locale, {
    ...AWAY,
    ca: aCa({ status: 'INACTIVE' }),
    role: notPermitted('GetRole', NOW),
  });

  it('has ids, place and times as everybody reads them', () => {
    for (const fact of [ID, PLACE.accountId, PLACE.region, 'sensor-1', NOW.toISOString()]) {
      expect(text).toContain(fact);
    }
  });

  it('has cause, code and evidence, and what could not be seen', () => {
    expect(text).toContain('1. cause ca-inactive');
    expect(text).toContain('DescribeCACertificate');
    expect(text).toContain('GetRole');
  });

  it('marks the rung that the device hangs on', () => {
    expect(text.split('\n').filter((line) => line.endsWith(' <'))).toHaveLength(1);
  });
});

it('a device of which nothing is wrong has a text as well', () => {
  expect(reported('en', PENDING)).toContain('Activation:');
});
