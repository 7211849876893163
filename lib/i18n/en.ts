import acts from '@/messages/en/acts.json';
import audit from '@/messages/en/audit.json';
import batch from '@/messages/en/batch.json';
import batchAgain from '@/messages/en/batch-again.json';
import ca from '@/messages/en/ca.json';
import caseCard from '@/messages/en/case.json';
import checkBatch from '@/messages/en/check-batch.json';
import device from '@/messages/en/device.json';
import diagnosis from '@/messages/en/diagnosis.json';
import dryRun from '@/messages/en/dry-run.json';
import editor from '@/messages/en/editor.json';
import entry from '@/messages/en/entry.json';
import failure from '@/messages/en/failure.json';
import find from '@/messages/en/find.json';
import hierarchy from '@/messages/en/hierarchy.json';
import jitr from '@/messages/en/jitr.json';
import ledger from '@/messages/en/ledger.json';
import ledgerWork from '@/messages/en/ledger-work.json';
import live from '@/messages/en/live.json';
import mqttClient from '@/messages/en/mqtt-client.json';
import operators from '@/messages/en/operators.json';
import overview from '@/messages/en/overview.json';
import pending from '@/messages/en/pending.json';
import policyEditor from '@/messages/en/policy-editor.json';
import preflight from '@/messages/en/preflight.json';
import profiles from '@/messages/en/profiles.json';
import registration from '@/messages/en/registration.json';
import registry from '@/messages/en/registry.json';
import rehearsal from '@/messages/en/rehearsal.json';
import relations from '@/messages/en/relations.json';
import road from '@/messages/en/road.json';
import sandbox from '@/messages/en/sandbox.json';
import shell from '@/messages/en/shell.json';
import status from '@/messages/en/status.json';
import stuck from '@/messages/en/stuck.json';
import template from '@/messages/en/template.json';
import templateLint from '@/messages/en/template-lint.json';
import templates from '@/messages/en/templates.json';
import ui from '@/messages/en/ui.json';
import wizard from '@/messages/en/wizard.json';

/**
 * All messages in English, by area. A new area is one file per locale in `messages/`, one import and one word in
 * `en.ts`, `ja.ts` and `zh-cn.ts`.
 */
export const en = {
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

/** The shape that every locale has: English decides. */
export type Messages = typeof en;
