/**
 * The text of the function, as its owner reads it in the Lambda console.
 * @module
 */

/** Up to its settings, which follow as JSON. */
export const HANDLER_HEAD = `'use strict';
/*
 * Just-in-time registration: decides about every device certificate that AWS IoT has just registered, and readies the devices that
 * pass. Made by JITP Console; change the settings there and deploy again, so that console and function stay the same.
 *
 * Invoked by a topic rule on $aws/events/certificates/registered/<caCertificateId>. The event comes again each time that a pending
 * device connects, and may come twice at once: every step below can be repeated, and activating is the last one.
 */
const { X509Certificate } = require('node:crypto');
const {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DescribeCACertificateCommand,
  DescribeCertificateCommand,
  IoTClient,
  ListThingPrincipalsCommand,
  UpdateCertificateCommand,
} = require('@aws-sdk/client-iot');

/** null: not asked for. */
const SETTINGS = `;

/**
 * What it does. `decide` and `matchesName` say what `decide.ts` says, for a function has nothing but this file: a property holds
 * both to the same decisions.
 */
export const HANDLER_BODY = String.raw`
const DAY_MS = 86400000;
/** How long the answer to "has this CA a template?" is believed. */
const CA_BELIEVED_MS = 60000;

const allowedIds = SETTINGS.allowedIds && new Set(SETTINGS.allowedIds);
const revokedSerials = SETTINGS.revoked && new Set(SETTINGS.revoked.serials);
// Many devices at once meet AWS's rates: the client slows down and tries again by itself.
const iot = new IoTClient({ maxAttempts: 8, retryMode: 'adaptive' });

exports.handler = async (event) => {
  const certificateId = String(event.certificateId);
  const startedAt = Date.now();
  const tell = (outcome) => {
    // One line per decision. Find them with the filter { $.jitr = "*" } of CloudWatch Logs.
    console.log(JSON.stringify({ ...outcome, certificateId, ms: Date.now() - startedAt }));
    return outcome;
  };
  try {
    return tell(await register(certificateId));
  } catch (error) {
    tell({ jitr: 'failed', error: error.name, message: error.message });
    // Lambda tries twice more; after that the device's next connection brings the event again.
    throw error;
  }
};

async function register(certificateId) {
  if (!/^[0-9a-f]{64}$/.test(certificateId)) return { jitr: 'ignored', reason: 'no-certificate-id' };
  const found = await orUndefined(
    'ResourceNotFoundException',
    iot.send(new DescribeCertificateCommand({ certificateId })),
  );
  if (found === undefined) return { jitr: 'ignored', reason: 'certificate-gone' };
  const { certificateArn: arn, certificatePem, caCertificateId, status } = found.certificateDescription;
  if (SETTINGS.caCertificateId !== null && caCertificateId !== SETTINGS.caCertificateId) {
    return { jitr: 'ignored', reason: 'other-ca' };
  }

  const decision = decide(factsOf(certificatePem, certificateId, status), Date.now());
  if (decision.kind === 'ignore') return { jitr: 'ignored', reason: decision.reason };
  // Just-in-time provisioning does it all by itself.
  if (await hasTemplate(caCertificateId)) return { jitr: 'ignored', reason: 'ca-has-template' };
  if (decision.kind === 'reject') return await reject(certificateId, decision);
  return await admit(certificateId, arn, decision.thing);
}

async function reject(certificateId, { reasons, act }) {
  if (act === 'deactivate') await setStatus(certificateId, 'INACTIVE');
  if (act === 'revoke') await setStatus(certificateId, 'REVOKED');
  return { jitr: 'rejected', reasons, act };
}

async function admit(certificateId, arn, thing) {
  if (thing !== null) {
    const { thingName } = thing;
    await makeThing(thing);
    if (SETTINGS.thing.taken === 'refuse' && (await isTaken(thingName, arn))) {
      return await reject(certificateId, {
        reasons: [{ code: 'thing-taken', value: thingName }],
        act: SETTINGS.rejection,
      });
    }
    for (const thingGroupName of SETTINGS.thing.groups) {
      await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
    }
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal: arn }));
  }
  if (SETTINGS.policy !== null) await attachPolicy(SETTINGS.policy, arn);
  // Last of all: whatever failed before this leaves the device pending, and its next connection begins again.
  await setStatus(certificateId, 'ACTIVE');
  return {
    jitr: 'activated',
    thing: thing === null ? null : thing.thingName,
    policy: SETTINGS.policy === null ? null : SETTINGS.policy.name,
  };
}

/** A thing that is there stays as it is. */
async function makeThing({ thingName, attributes }) {
  const command = new CreateThingCommand({
    thingName,
    thingTypeName: SETTINGS.thing.typeName ?? undefined,
    attributePayload: { attributes },
  });
  await orUndefined('ResourceAlreadyExistsException', iot.send(command));
}

/** Whether another certificate has the thing. */
async function isTaken(thingName, arn) {
  const { principals = [] } = await iot.send(new ListThingPrincipalsCommand({ thingName }));
  return principals.some((principal) => principal !== arn);
}

/** Attached first, made only where it is missing: of many devices one alone has to make it. */
async function attachPolicy({ name: policyName, document }, target) {
  const attach = () => iot.send(new AttachPolicyCommand({ policyName, target }));
  if (document === null) return await attach();
  const attached = await orUndefined('ResourceNotFoundException', attach());
  if (attached !== undefined) return attached;
  const create = new CreatePolicyCommand({ policyName, policyDocument: document });
  await orUndefined('ResourceAlreadyExistsException', iot.send(create));
  return await attach();
}

const setStatus = (certificateId, newStatus) =>
  iot.send(new UpdateCertificateCommand({ certificateId, newStatus }));

const seenCas = new Map();

async function hasTemplate(certificateId) {
  const seen = seenCas.get(certificateId);
  if (seen !== undefined && Date.now() - seen.at < CA_BELIEVED_MS) return seen.answer;
  const { registrationConfig } = await iot.send(new DescribeCACertificateCommand({ certificateId }));
  const answer = Boolean(registrationConfig?.templateBody || registrationConfig?.templateName);
  seenCas.set(certificateId, { answer, at: Date.now() });
  return answer;
}

/** The answer, or undefined where AWS refused with the error of this name. */
async function orUndefined(name, answer) {
  try {
    return await answer;
  } catch (error) {
    if (error.name === name) return undefined;
    throw error;
  }
}

/** What the checks and names below look at. The first value of each attribute of the subject. */
function factsOf(pem, certificateId, status) {
  const certificate = new X509Certificate(pem);
  const { subject = {} } = certificate.toLegacyObject();
  const first = (name) => [subject[name]].flat()[0] || undefined;
  const serial = BigInt('0x' + certificate.serialNumber);
  return {
    status,
    serialHex: serial.toString(16),
    notBeforeMs: Date.parse(certificate.validFrom),
    notAfterMs: Date.parse(certificate.validTo),
    values: {
      CommonName: first('CN'),
      SerialNumber: serial.toString(),
      Id: certificateId,
      Country: first('C'),
      Organization: first('O'),
      OrganizationalUnit: first('OU'),
      StateName: first('ST'),
      DistinguishedNameQualifier: first('dnQualifier'),
    },
  };
}

/** What becomes of a certificate; makes no call. */
function decide({ status, serialHex, notBeforeMs, notAfterMs, values }, nowMs) {
  if (status === 'ACTIVE') return { kind: 'ignore', reason: 'already-active' };
  // Somebody has deactivated or revoked it: an event must not undo that.
  if (status !== 'PENDING_ACTIVATION') return { kind: 'ignore', reason: 'not-pending' };

  const reasons = [];
  if (allowedIds !== null && !allowedIds.has(values.Id)) reasons.push({ code: 'not-on-allow-list' });

  const { CommonName } = values;
  if (SETTINGS.commonNames.length > 0) {
    if (!CommonName) reasons.push({ code: 'common-name-missing' });
    else if (!SETTINGS.commonNames.some((pattern) => matchesName(pattern, CommonName))) {
      reasons.push({ code: 'common-name-differs', value: CommonName });
    }
  }

  if (SETTINGS.checksValidity && nowMs < notBeforeMs) reasons.push({ code: 'not-yet-valid' });
  if (SETTINGS.checksValidity && nowMs > notAfterMs) reasons.push({ code: 'expired' });
  if (SETTINGS.validityDaysMax !== null && notAfterMs - notBeforeMs > SETTINGS.validityDaysMax * DAY_MS) {
    reasons.push({ code: 'validity-too-long' });
  }

  if (revokedSerials !== null) {
    const { nextUpdate } = SETTINGS.revoked;
    if (revokedSerials.has(serialHex)) reasons.push({ code: 'revoked' });
    else if (nextUpdate !== null && nowMs > Date.parse(nextUpdate)) {
      reasons.push({ code: 'revocation-list-outdated' });
    }
  }

  const thing = SETTINGS.thing === null ? null : thingOf(SETTINGS.thing, values, reasons);
  if (reasons.length === 0) return { kind: 'admit', thing };
  // A list that is out of date is no fault of the device's: nothing final is done to it for that.
  const isOurs = reasons.some(({ code }) => code === 'revocation-list-outdated');
  return { kind: 'reject', reasons, act: isOurs ? 'leave-pending' : SETTINGS.rejection };
}

/** The thing's name and attributes, with the certificate's values filled in. */
function thingOf({ name, attributes }, values, reasons) {
  const fill = (template) => {
    let isWhole = true;
    const text = template.replace(/[$][{](\w+)[}]/g, (_all, value) => {
      if (Object.hasOwn(values, value) && values[value]) return values[value];
      reasons.push({ code: 'value-missing', value });
      isWhole = false;
      return '';
    });
    return isWhole ? text : undefined;
  };
  const thingName = fill(name);
  if (thingName !== undefined && !/^[a-zA-Z0-9:_-]{1,128}$/.test(thingName)) {
    reasons.push({ code: 'thing-name-invalid', value: thingName });
  }
  const filled = new Map();
  for (const { name: attribute, value: template } of attributes) {
    const value = fill(template);
    if (value === undefined) continue;
    if (/^[a-zA-Z0-9_.,@/:#=[\]-]{0,800}$/.test(value)) filled.set(attribute, value);
    else reasons.push({ code: 'attribute-invalid', value: attribute });
  }
  return { thingName, attributes: Object.fromEntries(filled) };
}

/** Whether a whole name matches a pattern in which * stands for any characters and ? for one. */
function matchesName(pattern, name) {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < name.length) {
    if (pattern[at] === '*') {
      star = at;
      at += 1;
      resume = index;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

exports.decide = decide;
exports.factsOf = factsOf;
`;
