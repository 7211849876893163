import { describe, expect, test } from 'vitest';
import { starterConfig } from '@/lib/provisioning/starters';
import { parseTemplate, type Template } from '@/lib/provisioning/template';
import {
  fieldsAskedFor,
  isCutByCa,
  missingFields,
  newIssueForm,
  nextIssueForm,
  subjectOf,
} from './issue-form';

function template(body: string): Template {
  const parsed = parseTemplate(body);
  if (!parsed.ok) throw new Error('not a template');
  return parsed.value;
}

const SCOPED = template(
  starterConfig('scoped', {
    accountId: '123456789012',
    region: 'us-east-1',
    roleArn: 'arn:aws:iam::123456789012:role/JITPRole',
    policyName: '',
  }).templateBody,
);

const withParameters = (parameters: Record<string, object>) =>
  template(JSON.stringify({ Parameters: parameters, Resources: {} }));

describe('fieldsAskedFor', () => {
  test.each([
    {
      reason: 'AWS names things after the common name and reads the country',
      template: SCOPED,
      country: undefined,
      asked: [
        ['commonName', 'needed'],
        ['country', 'needed'],
      ],
    },
    {
      reason: 'without a template the name is asked for all the same',
      template: undefined,
      country: undefined,
      asked: [['commonName', 'needed']],
    },
    {
      reason: 'a CA with a country shows it, though nothing reads it',
      template: undefined,
      country: 'IN',
      asked: [
        ['commonName', 'needed'],
        ['country', 'has-default'],
      ],
    },
    {
      reason: 'a default steps in where the certificate has nothing',
      template: withParameters({ 'AWS::IoT::Certificate::Organization': { Type: 'String', Default: 'X' } }),
      country: undefined,
      asked: [
        ['commonName', 'needed'],
        ['organization', 'has-default'],
      ],
    },
    {
      reason: "the certificate's own serial number and id are nobody's to type",
      template: withParameters({
        'AWS::IoT::Certificate::SerialNumber': { Type: 'String' },
        'AWS::IoT::Certificate::Id': { Type: 'String' },
      }),
      country: undefined,
      asked: [['commonName', 'needed']],
    },
  ])('$reason', ({ template: given, country, asked }) => {
    expect([...fieldsAskedFor(given, country)]).toEqual(asked);
  });
});

describe('the form', () => {
  test('begins with the country of its CA, as AWS asks for', () => {
    expect(subjectOf(newIssueForm('IN'))).toEqual({ country: 'IN' });
  });

  test('names what is missing; blanks alone are nothing', () => {
    const form = newIssueForm(undefined);
    const asked = fieldsAskedFor(SCOPED, undefined);
    expect(missingFields(form, asked)).toEqual(['commonName', 'country']);
    const blank = { ...form, subject: { ...form.subject, commonName: '  ', country: 'IN' } };
    expect(missingFields(blank, asked)).toEqual(['commonName']);
  });

  test('keeps for the next device what does not tell devices apart', () => {
    const form = newIssueForm('IN');
    const filled = {
      ...form,
      validityDays: 30,
      subject: { ...form.subject, commonName: 'A', organization: 'O', serialNumber: '1', dnQualifier: 'q' },
    };
    expect(subjectOf(nextIssueForm(filled))).toEqual({ country: 'IN', organization: 'O' });
    expect(nextIssueForm(filled).validityDays).toBe(30);
  });
});

test.each([
  { days: 10, isCut: false, reason: 'ends on the same second as the CA' },
  { days: 11, isCut: true, reason: 'would outlive the CA' },
  { days: Number.NaN, isCut: false, reason: 'nothing is typed yet' },
])('$reason', ({ days, isCut }) => {
  expect(isCutByCa(days, '2026-03-11T00:00:00Z', Date.parse('2026-03-01T00:00:00Z'))).toBe(isCut);
});
