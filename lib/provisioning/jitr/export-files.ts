/**
 * A set-up as files, for who deploys by other means.
 * @module
 */
import type { CliTarget } from '@/lib/registry/aws-command';
import { type JitrArtefacts, PACKAGE_FILE } from './artefacts';
import { jitrCalls, jitrCommand, topicRulePayload } from './calls';
import { cloudFormationTemplate } from './cloudformation';
import { HANDLER_FILE } from './handler-source';
import type { JitrSettings } from './settings';
import { type ArchiveFile, storedZip } from './stored-zip';
import { terraformConfiguration } from './terraform';

const NOTHING_THERE = { role: false, function: false, rule: false };

/** The commands of a first deployment, as a script that stops where one fails. */
export function deployScript(artefacts: JitrArtefacts, target: CliTarget): string {
  const commands = jitrCalls('deploy', NOTHING_THERE).map((call) => jitrCommand(call, artefacts, target));
  return script(
    commands,
    `Beside ${PACKAGE_FILE}. AWS takes some seconds until Lambda can assume a new role.`,
  );
}

export function removeScript(artefacts: JitrArtefacts, target: CliTarget): string {
  const commands = jitrCalls('remove', NOTHING_THERE).map((call) => jitrCommand(call, artefacts, target));
  return script(commands, 'Devices, their things and policies stay.');
}

const script = (commands: readonly string[], note: string): string =>
  `#!/bin/sh\n# An export: the console has not run this text. ${note}\nset -eu\n\n${commands.join('\n\n')}\n`;

/** One archive with everything; the package in it is the one that the console deploys. */
export function exportArchive(
  artefacts: JitrArtefacts,
  settings: JitrSettings,
  target: CliTarget,
): Uint8Array<ArrayBuffer> {
  const texts: Readonly<Record<string, string>> = {
    [HANDLER_FILE]: artefacts.source,
    'rule.json': `${JSON.stringify(topicRulePayload(artefacts), null, 2)}\n`,
    'role-trust.json': `${artefacts.trustPolicy}\n`,
    'role-policy.json': `${artefacts.rolePolicy}\n`,
    'deploy.sh': deployScript(artefacts, target),
    'remove.sh': removeScript(artefacts, target),
    'cloudformation.json': cloudFormationTemplate(artefacts),
    'main.tf': terraformConfiguration(artefacts),
    'settings.json': `${JSON.stringify(settings, null, 2)}\n`,
  };
  const encoder = new TextEncoder();
  const files: ArchiveFile[] = Object.entries(texts).map(([name, text]) => ({
    name,
    bytes: encoder.encode(text),
  }));
  return storedZip([...files, { name: PACKAGE_FILE, bytes: artefacts.packageZip }]);
}
