/**
 * ARNs of IoT resources, wildcards and variables in them.
 * AWS General Reference, "Amazon Resource Names (ARNs)".
 * @module
 */
import { partitionOf } from '@/lib/provisioning/starters';

export type Place = {
  /** 12 digits. */
  accountId: string;
  region: string;
};

export type IotArn = {
  partition: string;
  service: string;
  region: string;
  accountId: string;
  /** Before the first slash, e.g. `topic`; the whole name where it has none. */
  type: string;
  /** After the first slash. */
  name: string;
};

const ARN = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):([^/]*)(?:\/(.*))?$/s;

/** Undefined for what is no ARN, `*` for example. */
export function parseIotArn(text: string): IotArn | undefined {
  const [whole, partition, service, region, accountId, type, name] = ARN.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return {
    partition: partition ?? '',
    service: service ?? '',
    region: region ?? '',
    accountId: accountId ?? '',
    type: type ?? '',
    name: name ?? '',
  };
}

export function printIotArn({ partition, service, region, accountId, type, name }: IotArn): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${type}/${name}`;
}

/** The ARN of a resource of an account and Region. */
export function iotArn({ accountId, region }: Place, type: string, name: string): string {
  return printIotArn({ partition: partitionOf(region), service: 'iot', region, accountId, type, name });
}
