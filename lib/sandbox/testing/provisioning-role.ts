import type { Boto } from './boto';

const MANAGED_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration';

/**
 * A role for provisioning, through IAM's own operations; what the managed policy allows unless a document says otherwise.
 *
 * @returns its ARN
 */
export async function makeProvisioningRole(
  boto: Boto,
  roleName: string,
  { service = 'iot.amazonaws.com', statements }: { service?: string; statements?: readonly object[] } = {},
): Promise<string> {
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const { Role } = await boto.ok('iam.create_role', {
    RoleName: roleName,
    AssumeRolePolicyDocument: document(trust),
  });
  if (statements) {
    const PolicyDocument = document(...statements);
    await boto.ok('iam.put_role_policy', { RoleName: roleName, PolicyName: 'provisioning', PolicyDocument });
  } else {
    await boto.ok('iam.attach_role_policy', { RoleName: roleName, PolicyArn: MANAGED_POLICY });
  }
  return Role.Arn;
}
