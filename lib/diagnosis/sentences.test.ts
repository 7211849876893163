import { describe, expect, it } from 'vitest';
import { LOCALES } from '@/lib/i18n/locales';
import { messageArguments } from '@/lib/i18n/message-arguments';
import { MESSAGES } from '@/lib/i18n/messages';
import { diagnose } from './diagnose';
import { FACT_KEYS } from './facts';
import { FINDING_CODES, REMEDY_CODES } from './finding';
import { RULES } from './findings/catalogue';
import { SOURCES } from './known';
import { NOW } from './testing/example-facts';
import { RECOGNISED } from './testing/recognised';

describe.each(LOCALES)('the sentences of a diagnosis in %s', (locale) => {
  const messages = MESSAGES[locale].diagnosis;

  it('are there for every cause, remedy and fact, and for nothing else', () => {
    expect(new Set(Object.keys(messages.cause))).toEqual(new Set<string>(FINDING_CODES));
    expect(new Set(Object.keys(messages.remedy))).toEqual(new Set<string>(REMEDY_CODES));
    expect(new Set(Object.keys(messages.fact))).toEqual(new Set<string>(FACT_KEYS));
  });

  it('ask only for what the finding brings along', () => {
    for (const { device, facts } of RECOGNISED) {
      for (const { code, params } of diagnose({ ...device, ...facts }, NOW).findings) {
        const asked = messageArguments(messages.cause[code]).map((argument) => argument.replace(/:.*/, ''));
        expect([code, Object.keys(params)]).toEqual([code, expect.arrayContaining(asked)]);
      }
    }
  });

  it('of remedies stand alone', () => {
    expect(Object.values(messages.remedy).flatMap(messageArguments)).toEqual([]);
  });
});

describe('the vocabulary', () => {
  it('has no remedy that no cause leads to', () => {
    const used = new Set(RULES.flatMap(({ remedy }) => remedy));
    expect(REMEDY_CODES.filter((code) => !used.has(code))).toEqual([]);
  });

  it('calls our own sources by name, and AWS by its operations', () => {
    const ours = Object.keys(MESSAGES.en.diagnosis.evidence).filter((key) => key !== 'aws');
    expect(SOURCES.filter((source) => !/^[A-Z]/.test(source))).toEqual(ours);
  });
});
