import { describe, expect, it } from 'vitest';
import { type AwsChange, cliFor } from './cli';

const aws = { region: 'eu-central-1', endpoints: { iot: undefined, iam: undefined } };
const id = 'ab'.repeat(32);

/** One line per command, so that a table stays readable. */
const oneLine = (change: AwsChange) => cliFor(change, aws).replaceAll(' \\\n  ', ' ');

describe('cliFor', () => {
  it('prints one option a line, ready to paste, with Region and endpoint last', () => {
    const endpoints = { iot: 'http://127.0.0.1:4567', iam: undefined };
    const target = { region: 'us-east-1', endpoints };
    expect(cliFor({ kind: 'delete-thing', thingName: 'pump-7' }, target)).toBe(
      [
        'aws iot delete-thing \\',
        '  --thing-name pump-7 \\',
        '  --region us-east-1 \\',
        '  --endpoint-url http://127.0.0.1:4567',
      ].join('\n'),
    );
  });

  it.each<[AwsChange, string, string]>([
    [
      {
        kind: 'register-ca-certificate',
        caCertificateFile: 'ca.pem',
        verificationCertificateFile: 'verification.pem',
        setAsActive: true,
        autoRegistration: true,
        registrationConfig: { kind: 'file', file: 'registration-config.json' },
      },
      'aws iot register-ca-certificate --ca-certificate file://ca.pem --verification-cert file://verification.pem' +
        ' --set-as-active --allow-auto-registration --registration-config file://registration-config.json' +
        ' --region eu-central-1',
      'with proof',
    ],
    [
      {
        kind: 'register-ca-certificate',
        caCertificateFile: 'my ca.pem',
        verificationCertificateFile: undefined,
        setAsActive: false,
        autoRegistration: false,
        registrationConfig: undefined,
      },
      "aws iot register-ca-certificate --ca-certificate 'file://my ca.pem' --certificate-mode SNI_ONLY --region eu-central-1",
      'SNI_ONLY sends no verification certificate; what is off prints nothing',
    ],
    [
      { kind: 'update-ca-certificate', caId: id, autoRegistration: false, registrationConfig: 'remove' },
      `aws iot update-ca-certificate --certificate-id ${id} --new-auto-registration-status DISABLE --remove-auto-registration --region eu-central-1`,
      'detaching a template',
    ],
    [
      {
        kind: 'update-ca-certificate',
        caId: id,
        registrationConfig: {
          kind: 'inline',
          templateBody: `{"a":"it's"}`,
          roleArn: 'arn:aws:iam::1:role/r',
        },
      },
      `aws iot update-ca-certificate --certificate-id ${id} --registration-config '{"templateBody":"{\\"a\\":\\"it'\\''s\\"}","roleArn":"arn:aws:iam::1:role/r"}' --region eu-central-1`,
      'a template within a JSON string within shell quotes',
    ],
    [
      { kind: 'update-certificate', certificateId: id, status: 'REVOKED' },
      `aws iot update-certificate --certificate-id ${id} --new-status REVOKED --region eu-central-1`,
      'a status',
    ],
    [
      {
        kind: 'detach-policy',
        policyName: 'a+b@c',
        targetArn: `arn:aws:iot:eu-central-1:123456789012:cert/${id}`,
      },
      `aws iot detach-policy --policy-name a+b@c --target arn:aws:iot:eu-central-1:123456789012:cert/${id} --region eu-central-1`,
      'an ARN needs no quotes',
    ],
    [
      { kind: 'attach-role-policy', roleName: 'JITPRole', policyArn: 'arn:aws:iam::aws:policy/p' },
      'aws iam attach-role-policy --role-name JITPRole --policy-arn arn:aws:iam::aws:policy/p --region eu-central-1',
      'IAM',
    ],
  ])('%o (%#)', (change, command) => {
    expect(oneLine(change)).toBe(command);
  });
});
