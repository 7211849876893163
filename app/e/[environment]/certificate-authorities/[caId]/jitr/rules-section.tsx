import { RulesCard } from '@/components/jitr/rules-card';
import { FailureNotice } from '@/components/ui/failure-notice';
import { can, type Operator } from '@/lib/auth/permissions';
import { readRegistrationRules } from '@/lib/aws/jitr/read-rules';
import type { Environment } from '@/lib/config/environments';
import { getTranslations } from '@/lib/locale/get-translations';
import { disableRule } from './actions';

type RulesSectionProps = { operator: Operator; environment: Environment; caId: string };

/** The rules that hear of the CA's registrations; read apart, since their functions take calls of their own. */
export async function RulesSection({ operator, environment, caId }: RulesSectionProps) {
  const [t, rules] = await Promise.all([getTranslations('jitr'), readRegistrationRules(environment, caId)]);
  if (!rules.ok) return <FailureNotice failure={rules.failure} />;
  const { id, region, endpoints } = environment;
  const mayChange = can(operator, 'ca:update', { environment: id, caId });
  return (
    <RulesCard
      t={t}
      rules={rules.value}
      disable={
        mayChange
          ? {
              environment: id,
              caId,
              cliTarget: { region, endpoints: { iot: endpoints.iot, iam: endpoints.iam } },
              disableRule,
            }
          : undefined
      }
    />
  );
}
