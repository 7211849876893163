/**
 * The rules that hear of a CA's registrations, with what their functions do.
 * @module
 */
import 'server-only';
import { matchesTopicFilter } from '@/lib/aws/diagnosis/matches-topic-filter';
import { type IotGateway, iotFor } from '@/lib/aws/iot-gateway';
import { lambdaFor } from '@/lib/aws/lambda-gateway';
import type { Environment } from '@/lib/config/environments';
import type { Failure } from '@/lib/failure';
import { FUNCTION_DESCRIPTION } from '@/lib/provisioning/jitr/artefacts';
import { type RecognisedHandler, recogniseHandler } from '@/lib/provisioning/jitr/recognise-handler';
import { partitionOf } from '@/lib/provisioning/starters';
import { ok, type Result } from '@/lib/result';
import { readPackage } from './read-package';

/** One page of ListTopicRules; an account has up to 1000 rules (AWS IoT quotas). */
const PAGE_SIZE = 250;
const PAGES_MAX = 4;
/** Rules that are looked at closely: more than this on one topic is nobody's intention. */
const RULES_MAX = 8;

export type HeardRule = {
  name: string;
  sql: string;
  isEnabled: boolean;
  /** Made by a set-up of the console, of this CA or of all. */
  isConsoles: boolean;
  functions: readonly RuleFunction[];
};

export type RuleFunction = {
  name: string;
  /** `unread`: AWS did not answer, or not to us; then nothing else is known. */
  state: 'there' | 'gone' | 'unread';
  runtime: string | undefined;
  /** The function's policy lets the rule call it. Undefined: it could not be read. */
  mayRuleCall: boolean | undefined;
  /** Undefined: its text could not be read. */
  handler: RecognisedHandler | undefined;
};

export async function readRegistrationRules(
  environment: Environment,
  caId: string,
): Promise<Result<readonly HeardRule[], Failure>> {
  const iot = iotFor(environment);
  const names = await heardRuleNames(iot, caId);
  if (!names.ok) return names;
  const rules: HeardRule[] = [];
  for (const name of names.value) {
    const rule = await readRule(environment, iot, name);
    if (!rule.ok) return rule;
    if (rule.value !== undefined) rules.push(rule.value);
  }
  return ok(rules);
}

async function heardRuleNames(iot: IotGateway, caId: string): Promise<Result<string[], Failure>> {
  const topic = `$aws/events/certificates/registered/${caId}`;
  const names: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const read = await iot.listTopicRules({ pageSize: PAGE_SIZE, token });
    if (!read.ok) return read;
    for (const { name, topicPattern } of read.value.items) {
      if (topicPattern !== undefined && matchesTopicFilter(topicPattern, topic)) names.push(name);
    }
    token = read.value.nextToken;
    if (token === undefined || names.length >= RULES_MAX) break;
  }
  return ok(names.slice(0, RULES_MAX));
}

async function readRule(
  environment: Environment,
  iot: IotGateway,
  name: string,
): Promise<Result<HeardRule | undefined, Failure>> {
  const found = await iot.getTopicRule(name);
  if (!found.ok) return found;
  // Gone since it was listed.
  if (found.value === undefined) return ok(undefined);
  const { sql, isEnabled, description, functionArns } = found.value;
  const functions: RuleFunction[] = [];
  for (const arn of functionArns) {
    functions.push(await readFunction(environment, arn, name));
  }
  return ok({ name, sql, isEnabled, isConsoles: description === FUNCTION_DESCRIPTION, functions });
}

/** A function that may not be read says nothing about the others: the rest of the card stands. */
async function readFunction(environment: Environment, arn: string, ruleName: string): Promise<RuleFunction> {
  const { accountId, region, endpoints } = environment;
  const lambda = lambdaFor(environment);
  // The seventh part of an ARN of a function is its name.
  const name = arn.split(':')[6] ?? arn;
  const found = await lambda.getFunction(arn);
  if (!found.ok || found.value === undefined) {
    const state = found.ok ? 'gone' : 'unread';
    return { name, state, runtime: undefined, mayRuleCall: undefined, handler: undefined };
  }
  const ruleArn = `arn:${partitionOf(region)}:iot:${region}:${accountId}:rule/${ruleName}`;
  const may = await lambda.mayRuleCall(arn, ruleArn);
  const { runtime, handler = '', codeLocation } = found.value;
  const files = codeLocation === undefined ? undefined : await readPackage(codeLocation, endpoints.lambda);
  return {
    name,
    state: 'there',
    runtime,
    mayRuleCall: may.ok ? may.value : undefined,
    handler: files && recogniseHandler(files, handler),
  };
}
