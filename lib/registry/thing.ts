/**
 * Things as AWS IoT's registry keeps them. AWS IoT API Reference: ThingAttribute, DescribeThing.
 * @module
 */

export type ThingSummary = {
  name: string;
  arn: string;
  typeName: string | undefined;
  attributes: Record<string, string>;
  version: number;
};

export type ThingDetail = ThingSummary & {
  /** The MQTT client id AWS suggests: the thing's name. */
  defaultClientId: string | undefined;
  thingId: string | undefined;
  billingGroupName: string | undefined;
};

/** What ListThings can narrow by: one attribute with its exact value, and the type. */
export type ThingFilter = {
  attribute: { name: string; value: string } | undefined;
  typeName: string | undefined;
};

/** Whether `text` can name a thing (service model, `ThingName`). */
export const isThingName = (text: string): boolean => /^[a-zA-Z0-9:_-]{1,128}$/.test(text);
