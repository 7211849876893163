import { InviteOperator } from '@/components/operators/invite-operator';
import { OperatorActions } from '@/components/operators/operator-actions';
import { OperatorState } from '@/components/operators/operator-state';
import { PageHeader } from '@/components/ui/page-header';
import { ResourceTable } from '@/components/ui/resource-table';
import { TimeAgo } from '@/components/ui/time-ago';
import { SET_PASSWORD_LINK_HOURS } from '@/lib/auth/one-time-links';
import { listOperators } from '@/lib/auth/operators';
import { requirePermission } from '@/lib/auth/require-permission';
import { getTranslations } from '@/lib/locale/get-translations';
import { inviteOperator, makePasswordLink, setOperatorEnabled, setOperatorRole } from './actions';

export async function generateMetadata() {
  const t = await getTranslations('operators');
  return { title: t('title') };
}

export default async function OperatorsPage() {
  const self = await requirePermission('operator:manage');
  const operators = await listOperators();
  const t = await getTranslations('operators');
  const shell = await getTranslations('shell');
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={`(${operators.length})`}
        description={t('description')}
        actions={<InviteOperator invite={inviteOperator} linkHours={SET_PASSWORD_LINK_HOURS} />}
      />
      <div className="rounded-lg border border-line bg-surface">
        <ResourceTable
          label={t('title')}
          rows={operators}
          rowKey={(operator) => operator.id}
          empty={null}
          columns={[
            {
              id: 'name',
              header: t('name'),
              isRowHeader: true,
              cell: ({ id, name }) => (id === self.id ? t('self', { name }) : name),
            },
            { id: 'email', header: t('email'), cell: ({ email }) => email },
            { id: 'role', header: t('role'), cell: ({ role }) => shell(`role.${role}`) },
            { id: 'state', header: t('state'), cell: ({ state }) => <OperatorState state={state} /> },
            {
              id: 'created',
              header: t('created'),
              isSecondary: true,
              cell: ({ createdAt }) => <TimeAgo at={createdAt.toISOString()} />,
            },
            {
              id: 'actions',
              header: t('actions'),
              cell: ({ id, name, role, state }) => (
                <OperatorActions
                  operator={{ id, name, role, isDisabled: state === 'disabled' }}
                  linkHours={SET_PASSWORD_LINK_HOURS}
                  makePasswordLink={makePasswordLink}
                  setRole={setOperatorRole}
                  setEnabled={setOperatorEnabled}
                />
              ),
            },
          ]}
        />
      </div>
    </>
  );
}
