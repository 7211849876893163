import acts from '@/messages/ja/acts.json';
import audit from '@/messages/ja/audit.json';
import batch from '@/messages/ja/batch.json';
import batchAgain from '@/messages/ja/batch-again.json';
import ca from '@/messages/ja/ca.json';
import caseCard from '@/messages/ja/case.json';
import checkBatch from '@/messages/ja/check-batch.json';
import device from '@/messages/ja/device.json';
import diagnosis from '@/messages/ja/diagnosis.json';
import dryRun from '@/messages/ja/dry-run.json';
import editor from '@/messages/ja/editor.json';
import entry from '@/messages/ja/entry.json';
import failure from '@/messages/ja/failure.json';
import find from '@/messages/ja/find.json';
import hierarchy from '@/messages/ja/hierarchy.json';
import jitr from '@/messages/ja/jitr.json';
import ledger from '@/messages/ja/ledger.json';
import ledgerWork from '@/messages/ja/ledger-work.json';
import live from '@/messages/ja/live.json';
import mqttClient from '@/messages/ja/mqtt-client.json';
import operators from '@/messages/ja/operators.json';
import overview from '@/messages/ja/overview.json';
import pending from '@/messages/ja/pending.json';
import policyEditor from '@/messages/ja/policy-editor.json';
import preflight from '@/messages/ja/preflight.json';
import profiles from '@/messages/ja/profiles.json';
import registration from '@/messages/ja/registration.json';
import registry from '@/messages/ja/registry.json';
import rehearsal from '@/messages/ja/rehearsal.json';
import relations from '@/messages/ja/relations.json';
import road from '@/messages/ja/road.json';
import sandbox from '@/messages/ja/sandbox.json';
import shell from '@/messages/ja/shell.json';
import status from '@/messages/ja/status.json';
import stuck from '@/messages/ja/stuck.json';
import template from '@/messages/ja/template.json';
import templateLint from '@/messages/ja/template-lint.json';
import templates from '@/messages/ja/templates.json';
import ui from '@/messages/ja/ui.json';
import wizard from '@/messages/ja/wizard.json';
import type { Messages } from './en';

export const ja: Messages = {
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
