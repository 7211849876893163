import { callAws } from './call-aws';
import { type Acknowledged, FLEET_POLICY } from './kill-load';
import { lostOverwrites } from './kill-overwrites';

type Description = { certificateDescription?: { status?: string } };
type Attributes = { readonly name?: string; readonly changed?: string };
type Listed = { things?: { thingName?: string; attributes?: Attributes }[]; nextToken?: string };

/** What a sandbox no longer knows although it had acknowledged it, or knows by halves; one sentence each. */
export async function lostOrHalfDone(api: string, acknowledged: Acknowledged): Promise<string[]> {
  const faults: string[] = [];
  const things = await allThings(api);
  for (const name of acknowledged.things) {
    if (things.get(name)?.name !== name) faults.push(`the thing ${name} is lost`);
  }
  for (const [name, value] of acknowledged.changed) {
    if (things.get(name)?.changed !== value) faults.push(`the change of the thing ${name} is lost`);
  }
  for (const name of acknowledged.deleted) {
    if (things.has(name)) faults.push(`the thing ${name} was deleted and is back`);
  }
  const attached = new Set(await targetsOf(api, FLEET_POLICY));
  for (const [id, hasPolicy] of acknowledged.certificates) {
    if ((await statusOf(api, id)) !== 'ACTIVE') faults.push(`the certificate ${id} is lost`);
    if (hasPolicy && !attached.has(arnOf(id))) faults.push(`the policy of ${id} is lost`);
  }
  for (const [id, name] of acknowledged.devices) {
    const status = await statusOf(api, id);
    const principals = status === 'ACTIVE' ? await principalsOf(api, name) : [];
    const isWhole = principals.includes(arnOf(id));
    if (status === 'ACTIVE' && !isWhole) faults.push(`the device ${name} is active without its thing`);
    if (status !== 'ACTIVE' && things.has(name))
      faults.push(`the device ${name} has a thing and is ${status}`);
    if (!status && acknowledged.registered.has(id)) faults.push(`the registered device ${name} is lost`);
    if (status !== 'ACTIVE' && acknowledged.provisioned.has(id)) {
      faults.push(`the provisioned device ${name} is ${status}`);
    }
  }
  return [...faults, ...(await lostOverwrites(api, acknowledged.overwritten))];
}

const arnOf = (id: string) => `arn:aws:iot:us-east-2:123456789012:cert/${id}`;

async function allThings(api: string): Promise<Map<string, Attributes>> {
  const things = new Map<string, Attributes>();
  let token: string | undefined;
  do {
    const after = token === undefined ? '' : `&nextToken=${encodeURIComponent(token)}`;
    const page = (await callAws(api, 'GET', `/things?maxResults=250${after}`)) as Listed;
    for (const { thingName = '', attributes = {} } of page.things ?? []) {
      things.set(thingName, attributes);
    }
    token = page.nextToken;
  } while (token !== undefined);
  return things;
}

async function targetsOf(api: string, policyName: string): Promise<string[]> {
  const targets: string[] = [];
  let marker: string | undefined;
  do {
    const after = marker === undefined ? '' : `&marker=${encodeURIComponent(marker)}`;
    const page = (await callAws(api, 'POST', `/policy-targets/${policyName}?pageSize=250${after}`, {})) as {
      targets?: string[];
      nextMarker?: string;
    };
    targets.push(...(page.targets ?? []));
    marker = page.nextMarker;
  } while (marker !== undefined);
  return targets;
}

async function statusOf(api: string, id: string): Promise<string | undefined> {
  try {
    const answer = (await callAws(api, 'GET', `/certificates/${id}`)) as Description;
    return answer.certificateDescription?.status;
  } catch {
    return undefined; // unknown to the sandbox
  }
}

async function principalsOf(api: string, thingName: string): Promise<string[]> {
  try {
    const answer = await callAws(api, 'GET', `/things/${thingName}/principals`);
    return (answer as { principals?: string[] }).principals ?? [];
  } catch {
    return []; // no such thing
  }
}
