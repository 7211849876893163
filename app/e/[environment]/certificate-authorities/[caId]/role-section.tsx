import { RoleFacts } from '@/components/template/role-facts';
import { FailureNotice } from '@/components/ui/failure-notice';
import { checkProvisioningRole } from '@/lib/aws/check-provisioning-role';
import type { Environment } from '@/lib/config/environments';
import { actionsForTemplate } from '@/lib/provisioning/provisioning-role';
import type { Template } from '@/lib/provisioning/template';

type RoleSectionProps = {
  environment: Environment;
  roleArn: string;
  /** Undefined when it cannot be read: then nothing is known to be needed. */
  template: Template | undefined;
};

/** What was seen of the CA's provisioning role; read apart, since IAM is slower than the page. */
export async function RoleSection({ environment, roleArn, template }: RoleSectionProps) {
  const needed = template === undefined ? [] : actionsForTemplate(template);
  const facts = await checkProvisioningRole(environment, roleArn, needed);
  return facts.ok ? <RoleFacts facts={facts.value} /> : <FailureNotice failure={facts.failure} />;
}
