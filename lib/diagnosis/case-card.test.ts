import { describe, expect, it } from 'vitest';
import { toCaseCard } from './case-card';
import type { DeviceDiagnosis } from './device-diagnosis';
import { deviceDiagnosis } from './device-diagnosis';
import { NO_FACTS } from './facts';
import type { Finding } from './finding';
import { known } from './known';
import { NOW } from './testing/example-facts';

const PLACE = { id: 'prod', name: 'Production', accountId: '210987654321', region: 'eu-central-1' };
const ID = 'ab'.repeat(32);

function withFinding(params: Finding['params']): DeviceDiagnosis {
  const device = deviceDiagnosis(ID, NO_FACTS, NOW);
  const finding: Finding = {
    code: 'role-denied',
    rung: 'thing',
    weight: 'blocks',
    who: 'security-admin',
    remedy: ['attach-registration-policy'],
    certainty: 'certain',
    params,
    evidence: [{ source: 'GetRole', at: NOW }],
    isAhead: false,
  };
  return { ...device, diagnosis: { ...device.diagnosis, findings: [finding] } };
}

describe('a case card', () => {
  it.each([
    {
      text: 'arn:aws:iam::210987654321:role/JITPRole',
      shown: 'arn:aws:iam::••••••••4321:role/JITPRole',
      why: 'the account of the environment',
    },
    {
      text: 'arn:aws-cn:iot:cn-north-1:123456789012:cert/1',
      shown: 'arn:aws-cn:iot:cn-north-1:••••••••9012:cert/1',
      why: "another's account",
    },
    { text: 'account 210987654321', shown: 'account ••••••••4321', why: 'outside of an ARN' },
    {
      text: 'a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com',
      shown: '•••-ats.iot.eu-central-1.amazonaws.com',
      why: 'the endpoint of the account',
    },
    {
      text: 'assumed-role/Admin/ada@example.com said no',
      shown: '••• said no',
      why: "an operator's address, with what is glued to it",
    },
    {
      text: 'press-1 at 123456789012345',
      shown: 'press-1 at 123456789012345',
      why: 'digits that are no account',
    },
  ])('does not show $why', ({ text, shown }) => {
    const { device } = toCaseCard(withFinding({ role: text, count: 3 }), PLACE);
    expect(device.diagnosis.findings[0]?.params).toEqual({ role: shown, count: 3 });
  });

  it('names its device and its place, but not the account', () => {
    const { device, place } = toCaseCard(deviceDiagnosis(ID, NO_FACTS, NOW), PLACE);
    expect(device.certificateId).toBe(ID);
    expect(place).toEqual({ ...PLACE, accountId: '••••••••4321' });
  });

  it("has nothing of CloudTrail's record", () => {
    const record = known(
      [{ at: NOW, errorCode: 'AccessDenied', errorMessage: 'User: ada is not authorized' }],
      'LookupEvents',
      NOW,
    );
    const { device } = toCaseCard({ ...deviceDiagnosis(ID, NO_FACTS, NOW), record }, PLACE);
    expect(JSON.stringify(device)).not.toContain('ada');
  });
});
