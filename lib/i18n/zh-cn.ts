import acts from '@/messages/zh-CN/acts.json';
import audit from '@/messages/zh-CN/audit.json';
import batch from '@/messages/zh-CN/batch.json';
import batchAgain from '@/messages/zh-CN/batch-again.json';
import ca from '@/messages/zh-CN/ca.json';
import caseCard from '@/messages/zh-CN/case.json';
import checkBatch from '@/messages/zh-CN/check-batch.json';
import device from '@/messages/zh-CN/device.json';
import diagnosis from '@/messages/zh-CN/diagnosis.json';
import dryRun from '@/messages/zh-CN/dry-run.json';
import editor from '@/messages/zh-CN/editor.json';
import entry from '@/messages/zh-CN/entry.json';
import failure from '@/messages/zh-CN/failure.json';
import find from '@/messages/zh-CN/find.json';
import hierarchy from '@/messages/zh-CN/hierarchy.json';
import jitr from '@/messages/zh-CN/jitr.json';
import ledger from '@/messages/zh-CN/ledger.json';
import ledgerWork from '@/messages/zh-CN/ledger-work.json';
import live from '@/messages/zh-CN/live.json';
import mqttClient from '@/messages/zh-CN/mqtt-client.json';
import operators from '@/messages/zh-CN/operators.json';
import overview from '@/messages/zh-CN/overview.json';
import pending from '@/messages/zh-CN/pending.json';
import policyEditor from '@/messages/zh-CN/policy-editor.json';
import preflight from '@/messages/zh-CN/preflight.json';
import profiles from '@/messages/zh-CN/profiles.json';
import registration from '@/messages/zh-CN/registration.json';
import registry from '@/messages/zh-CN/registry.json';
import rehearsal from '@/messages/zh-CN/rehearsal.json';
import relations from '@/messages/zh-CN/relations.json';
import road from '@/messages/zh-CN/road.json';
import sandbox from '@/messages/zh-CN/sandbox.json';
import shell from '@/messages/zh-CN/shell.json';
import status from '@/messages/zh-CN/status.json';
import stuck from '@/messages/zh-CN/stuck.json';
import template from '@/messages/zh-CN/template.json';
import templateLint from '@/messages/zh-CN/template-lint.json';
import templates from '@/messages/zh-CN/templates.json';
import ui from '@/messages/zh-CN/ui.json';
import wizard from '@/messages/zh-CN/wizard.json';
import type { Messages } from './en';

export const zhCn: Messages = {
  acts,
  audit,
  batch,
  'batch-again': batchAgain,
  ca,
  case: caseCard,
  'check-batch': checkBatch,
  device,
  diagnosis,
  editor,
  'dry-run': dryRun,
  entry,
  failure,
  find,
  hierarchy,
  jitr,
  ledger,
  'ledger-work': ledgerWork,
  live,
  operators,
  overview,
  'policy-editor': policyEditor,
  preflight,
  profiles,
  registry,
  relations,
  mqttClient,
  rehearsal,
  sandbox,
  shell,
  status,
  pending,
  road,
  registration,
  stuck,
  template,
  'template-lint': templateLint,
  templates,
  ui,
  wizard,
};
