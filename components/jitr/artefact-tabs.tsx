'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Notice } from '@/components/ui/notice';
import { Tabs } from '@/components/ui/tabs';
import { download } from '@/lib/browser/download';
import type { JitrArtefacts } from '@/lib/provisioning/jitr/artefacts';
import { topicRulePayload } from '@/lib/provisioning/jitr/calls';
import { cloudFormationTemplate, TEMPLATE_BODY_BYTES_MAX } from '@/lib/provisioning/jitr/cloudformation';
import { deployScript, exportArchive, removeScript } from '@/lib/provisioning/jitr/export-files';
import type { JitrSettings } from '@/lib/provisioning/jitr/settings';
import { terraformConfiguration } from '@/lib/provisioning/jitr/terraform';
import type { CliTarget } from '@/lib/registry/aws-command';

type ArtefactTabsProps = { artefacts: JitrArtefacts; settings: JitrSettings; cliTarget: CliTarget };

/** Everything that would stand in the account, to read before it does, and to take away as files. */
export function ArtefactTabs({ artefacts, settings, cliTarget }: ArtefactTabsProps) {
  const t = useTranslations('jitr.artefacts');
  const cloudFormation = cloudFormationTemplate(artefacts);
  const isLong = new TextEncoder().encode(cloudFormation).length > TEMPLATE_BODY_BYTES_MAX;
  const texts = [
    { id: 'handler', what: t('handlerText'), code: artefacts.source },
    {
      id: 'rule',
      what: t('ruleText'),
      code: `${artefacts.sql}\n\n${JSON.stringify(topicRulePayload(artefacts), null, 2)}`,
    },
    { id: 'role', what: t('roleText'), code: artefacts.rolePolicy },
    {
      id: 'cli',
      what: t('cliText'),
      code: `${deployScript(artefacts, cliTarget)}\n${removeScript(artefacts, cliTarget)}`,
      isExport: true,
    },
    {
      id: 'cloudformation',
      what: isLong ? t('cloudFormationLong') : t('cloudFormationText'),
      code: cloudFormation,
      isExport: true,
    },
    { id: 'terraform', what: t('terraformText'), code: terraformConfiguration(artefacts), isExport: true },
  ] as const;
  return (
    <Card
      title={t('title')}
      actions={
        <Button
          onPress={() =>
            download(
              `${artefacts.name}.zip`,
              exportArchive(artefacts, settings, cliTarget),
              'application/zip',
            )
          }
        >
          {t('export')}
        </Button>
      }
    >
      <Tabs
        label={t('title')}
        tabs={texts.map(({ id, what, code, ...rest }) => ({
          id,
          label: t(`tab.${id}`),
          content: (
            <div className="flex flex-col gap-3">
              <p className="text-sm text-ink-muted">{what}</p>
              {'isExport' in rest ? <Notice tone="info" title={t('notExecuted')} /> : null}
              <CodeBlock label={t(`tab.${id}`)} code={code} />
            </div>
          ),
        }))}
      />
    </Card>
  );
}
