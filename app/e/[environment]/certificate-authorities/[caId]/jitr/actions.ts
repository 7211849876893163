'use server';

import { z } from 'zod';
import { defineAction } from '@/lib/actions/define-action';
import { iotFor } from '@/lib/aws/iot-gateway';
import { type JitrCallOutcome, makeJitrCall } from '@/lib/aws/jitr/make-call';
import { jitrSettings } from '@/lib/aws/jitr/settings-input';
import { environmentId } from '@/lib/config/environment-list';
import { allowedIdsFor, toJitrSettings } from '@/lib/devices/jitr-set-up';
import type { Failure } from '@/lib/failure';
import { findJitrSetUp, keepJitrSetUp } from '@/lib/ledger/jitr-set-ups';
import { jitrArtefacts } from '@/lib/provisioning/jitr/artefacts';
import { carriesArtefacts, JITR_CALLS } from '@/lib/provisioning/jitr/calls';
import { artefactsDigest } from '@/lib/provisioning/jitr/digest';
import { ALLOWED_IDS_MAX } from '@/lib/provisioning/jitr/settings';
import { settingsFaults } from '@/lib/provisioning/jitr/settings-faults';
import { settingsSummary } from '@/lib/provisioning/jitr/settings-summary';
import { isCertificateId } from '@/lib/registry/device-certificate';
import { fail, ok, type Result } from '@/lib/result';

const ca = z.strictObject({ environment: environmentId, caId: z.string().refine(isCertificateId) });
const setUp = ca.extend({ settings: jitrSettings });

/** The ids that the ledger would let in now, for the preview. */
export const readAllowedIds = defineAction({
  name: 'jitr.read-allowed',
  permission: 'ca:update',
  input: ca.extend({ scope: z.enum(['one-ca', 'all-cas']) }),
  resource: ({ caId }) => caId,
  async run({ caId, scope }, { environment }) {
    const settings = { allowList: { kind: 'ledger' }, scope } as const;
    return ok(await allowedIdsFor(environment.id, caId, settings));
  },
});

/** Keeps the settings. `deployed`: whether they are about to be deployed, were removed, or neither. */
export const saveSettings = defineAction({
  name: 'jitr.save',
  permission: 'ca:update',
  input: setUp.extend({ deployed: z.enum(['yes', 'no', 'unchanged']) }),
  resource: ({ caId }) => caId,
  async run(
    { caId, settings: sent, deployed },
    { environment, operator, now, audit },
  ): Promise<Result<undefined, Failure>> {
    const settings = toJitrSettings(sent);
    const before = await findJitrSetUp(environment.id, caId);
    const fields = settingsFaults(settings);
    if (Object.keys(fields).length > 0) return fail({ kind: 'invalid-input', fields });
    const old = jitrSettings.safeParse(before?.settings);
    if (before?.deployedAt && old.success && old.data.name !== settings.name) {
      return fail({ kind: 'invalid-input', fields: { name: [{ code: 'name-deployed' }] } });
    }
    const allowed = await allowedIdsFor(environment.id, caId, settings);
    if (allowed.total > ALLOWED_IDS_MAX) {
      const params = { max: ALLOWED_IDS_MAX, total: allowed.total };
      return fail({
        kind: 'invalid-input',
        fields: { allowList: [{ code: 'ledger-too-long', params }] },
      });
    }
    if (old.success) audit.before(await settingsSummary(toJitrSettings(old.data), crypto));
    await keepJitrSetUp({
      environment: environment.id,
      caId,
      settings,
      changedById: operator.id,
      changedByName: operator.name,
      changedAt: now,
      ...deploymentOf(deployed),
    });
    audit.after(await settingsSummary(settings, crypto));
    return ok(undefined);

    function deploymentOf(what: typeof deployed) {
      if (what === 'no') return { deployedAt: null, deployedAllowed: null };
      if (what === 'yes') return { deployedAt: now, deployedAllowed: allowed.total };
      return {
        deployedAt: before?.deployedAt ?? null,
        deployedAllowed: before?.deployedAllowed ?? null,
      };
    }
  },
});

/**
 * Makes one call of a set-up. `digest` is that of the artefacts which the person has seen: others are not deployed. What is switched or
 * removed goes by name alone, whatever the ledger has got since the page was read.
 */
export const makeCall = defineAction({
  name: 'jitr.call',
  permission: 'ca:update',
  input: setUp.extend({
    call: z.enum(JITR_CALLS),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  resource: ({ caId }) => caId,
  async run(
    { caId, settings: sent, call, digest },
    { environment, audit },
  ): Promise<Result<JitrCallOutcome | { kind: 'plan-changed' }, Failure>> {
    const settings = toJitrSettings(sent);
    const fields = settingsFaults(settings);
    if (Object.keys(fields).length > 0) return fail({ kind: 'invalid-input', fields });
    const allowed = await allowedIdsFor(environment.id, caId, settings);
    const { accountId, region } = environment;
    const artefacts = jitrArtefacts(settings, { accountId, region, caId }, allowed.ids);
    if (carriesArtefacts(call) && (await artefactsDigest(artefacts, crypto)) !== digest) {
      return ok({ kind: 'plan-changed' });
    }
    const made = await makeJitrCall(environment, artefacts, call);
    if (!made.ok) return made;
    const { kind } = made.value;
    if (kind !== 'not-ours') audit.requestId(made.value.requestId);
    audit.after({ call, name: artefacts.name, outcome: kind });
    return ok(made.value.kind === 'not-ours' ? made.value : { kind: made.value.kind });
  },
});

/** Switches somebody else's rule off that hears of the CA's registrations, so that no device is let in twice. */
export const disableRule = defineAction({
  name: 'jitr.disable-rule',
  permission: 'ca:update',
  input: ca.extend({ ruleName: z.string().regex(/^[a-zA-Z0-9_]{1,128}$/) }),
  resource: ({ ruleName }) => ruleName,
  async run({ ruleName }, { environment, audit }): Promise<Result<undefined, Failure>> {
    const iot = iotFor(environment);
    const rule = await iot.getTopicRule(ruleName);
    if (!rule.ok) return rule;
    // Nothing else is this page's to switch off.
    if (rule.value === undefined || !rule.value.sql.includes('$aws/events/certificates/registered/')) {
      return ok(undefined);
    }
    audit.before({ isEnabled: rule.value.isEnabled });
    const disabled = await iot.disableTopicRule(ruleName);
    if (!disabled.ok) return disabled;
    audit.requestId(disabled.value.requestId);
    audit.after({ isEnabled: false });
    return ok(undefined);
  },
});
