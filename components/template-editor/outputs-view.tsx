'use client';

import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { TextField } from '@/components/ui/text-field';
import { compactJson } from '@/lib/policy/json-layout';
import { printCloudFormation } from '@/lib/provisioning/document/cloudformation';
import {
  attachCommand,
  createTemplateCommand,
  createVersionCommand,
} from '@/lib/provisioning/document/template-commands';
import { printTerraform } from '@/lib/provisioning/document/terraform';
import { type CliTarget, printAwsCommand } from '@/lib/registry/aws-command';
import type { EditorSubject } from './editor-port';

type OutputsViewProps = {
  subject: EditorSubject;
  body: string;
  roleArn: string;
  cliTarget: CliTarget;
};

/** What stands for a CA that is not chosen. */
const NO_CA = '<CA_CERTIFICATE_ID>';
const NO_ROLE = '<PROVISIONING_ROLE_ARN>';

/** The same template for the command line and for infrastructure as code: to read and to copy. */
export function OutputsView({ subject, body, roleArn, cliTarget }: OutputsViewProps) {
  const t = useTranslations('editor.outputs');
  const [name, setName] = useState(subject.kind === 'template' ? subject.templateName : 'jitp-template');
  const outputs = useMemo(() => {
    const templateBody = compactJson(body);
    const role = roleArn === '' ? NO_ROLE : roleArn;
    const named = {
      templateName: name,
      description: subject.kind === 'template' ? subject.description : undefined,
      templateBody,
      roleArn: role,
    };
    const caId = subject.kind === 'ca' ? subject.caId : NO_CA;
    const create =
      subject.kind === 'template'
        ? createVersionCommand(name, templateBody, { isDefault: true })
        : createTemplateCommand(named);
    return {
      attach: printAwsCommand(attachCommand(caId, templateBody, role), cliTarget),
      create: printAwsCommand(create, cliTarget),
      cloudformation: printCloudFormation(named),
      terraform: printTerraform(named),
    };
  }, [subject, body, roleArn, name, cliTarget]);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <p className="text-xs text-ink-muted">{t('help')}</p>
      <TextField label={t('name')} value={name} onChange={setName} isMonospace />
      {(['attach', 'create', 'cloudformation', 'terraform'] as const).map((kind) => (
        <section key={kind} className="flex min-w-0 flex-col gap-1">
          <h2 className="text-sm font-semibold">{t(kind)}</h2>
          <CodeBlock label={t(kind)} code={outputs[kind]} wraps />
        </section>
      ))}
    </div>
  );
}
