/**
 * Where things, certificates, policies and CAs are shown.
 * @module
 */
import type { Route } from 'next';
import type { RelationSubject } from '@/lib/registry/relations';

const at = (environment: string, area: string, id: string): Route =>
  `/e/${environment}/${area}/${encodeURIComponent(id)}` as Route;

export const thingHref = (environment: string, name: string): Route => at(environment, 'things', name);
export const certificateHref = (environment: string, id: string): Route =>
  at(environment, 'certificates', id);
export const policyHref = (environment: string, name: string): Route => at(environment, 'policies', name);
export const caHref = (environment: string, id: string): Route =>
  at(environment, 'certificate-authorities', id);

export const policyVersionHref = (environment: string, name: string, versionId: string): Route =>
  `${policyHref(environment, name)}?version=${encodeURIComponent(versionId)}` as Route;
/** The editor: of a new policy, or of a new version of one. */
export const policyEditorHref = (environment: string, name?: string): Route =>
  `/e/${environment}/policy-editor${name === undefined ? '' : `?policy=${encodeURIComponent(name)}`}` as Route;
export const deviceHref = (environment: string, id: string): Route => at(environment, 'devices', id);

/** The device's case card, for a ticket. */
export const deviceCaseHref = (environment: string, id: string): Route =>
  `${deviceHref(environment, id)}/case` as Route;

/** Where a device's certificate is replaced by another, step by step. */
export const replacementHref = (environment: string, id: string): Route =>
  `${deviceHref(environment, id)}/replacement` as Route;

/** The MQTT client, with the topics of a thing at hand. */
export const mqttClientHref = (environment: string, thing: string): Route =>
  `/e/${environment}/mqtt-client?thing=${encodeURIComponent(thing)}` as Route;

/** The picture of what hangs on one of them. */
export const relationsHref = (environment: string, subject: RelationSubject, name: string): Route =>
  at(environment, `relations/${subject}`, name);

/** Where certificates that wait are let in by hand. */
export const pendingQueueHref = (environment: string): Route => `/e/${environment}/pending` as Route;

/** Where one connects with a device's bundle and watches. */
export const rehearseHref = (environment: string, id: string): Route =>
  `${deviceHref(environment, id)}/rehearse` as Route;
