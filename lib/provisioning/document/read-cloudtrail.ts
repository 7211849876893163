/**
 * The template of a recorded API call.
 * AWS CloudTrail User Guide, "CloudTrail record contents"; API Reference, LookupEvents.
 * @module
 */
import { isJsonObject, type JsonObject, type JsonValue, member, readJson } from '@/lib/policy/json-text';
import { parseRegistrationConfig } from '@/lib/provisioning/registration-config';
import { fail, ok } from '@/lib/result';
import { type Paste, pasteFault } from './pasted-template';

/** Whether a value is an event, a log file (`Records`) or the answer of `lookup-events` (`Events`). */
export function isCloudTrail(value: JsonObject): boolean {
  return eventsOf(value).length > 0;
}

/** Takes the template of the first event that has one. */
export function readCloudTrail(value: JsonObject): Paste {
  const found = eventsOf(value).flatMap((event) => {
    const parameters = member(event, 'requestParameters');
    if (!isJsonObject(parameters)) return [];
    const config = member(parameters, 'registrationConfig');
    if (isJsonObject(config)) return [{ parameters, config }];
    const body = member(parameters, 'templateBody');
    if (typeof body !== 'string') return [];
    const roleArn = member(parameters, 'provisioningRoleArn');
    const inline: JsonObject = { templateBody: body };
    if (typeof roleArn === 'string') inline['roleArn'] = roleArn;
    return [{ parameters, config: inline }];
  });
  const [first, ...others] = found;
  if (first === undefined) return pasteFault('no-template-in-event');
  const parsed = parseRegistrationConfig(JSON.stringify(first.config));
  if (!parsed.ok) return fail(parsed.failure);
  const { config, notes } = parsed.value;
  const name = member(first.parameters, 'templateName');
  const description = member(first.parameters, 'description');
  return ok({
    form: 'cloudtrail',
    templateBody: config.kind === 'inline' ? config.templateBody : undefined,
    roleArn: config.kind === 'inline' ? config.roleArn : undefined,
    templateName: config.kind === 'named' ? config.templateName : text(name),
    description: text(description),
    notes: others.length === 0 ? notes : [...notes, 'others-left-out'],
  });
}

function eventsOf(value: JsonObject): JsonObject[] {
  if (Object.hasOwn(value, 'eventName') && Object.hasOwn(value, 'requestParameters')) return [value];
  const wrapped = member(value, 'CloudTrailEvent');
  if (typeof wrapped === 'string') {
    const read = readJson(wrapped);
    return read.ok && isJsonObject(read.value) ? eventsOf(read.value) : [];
  }
  for (const list of ['Records', 'Events']) {
    const events = member(value, list);
    if (Array.isArray(events)) return events.filter(isJsonObject).flatMap(eventsOf);
  }
  return [];
}

const text = (value: JsonValue | undefined) => (typeof value === 'string' ? value : undefined);
