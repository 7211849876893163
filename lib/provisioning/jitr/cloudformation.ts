/**
 * A set-up as a CloudFormation template. CloudFormation User Guide: AWS::IAM::Role, AWS::Lambda::Function, AWS::Lambda::Permission,
 * AWS::IoT::TopicRule.
 * @module
 */
import { FUNCTION_DESCRIPTION, type JitrArtefacts, ROLE_POLICY_NAME } from './artefacts';
import { topicRulePayload } from './calls';
import {
  HANDLER_MEMORY_MEGABYTES,
  HANDLER_NAME,
  HANDLER_RUNTIME,
  HANDLER_TIMEOUT_SECONDS,
} from './handler-source';

/** CloudFormation quotas, "Template body size in a request"; a longer one has to come from S3. */
export const TEMPLATE_BODY_BYTES_MAX = 51_200;

/** The template's text: JSON, with the function inline, a line of it a line. */
export function cloudFormationTemplate(artefacts: JitrArtefacts): string {
  const { name, roleName, ruleArn, accountId, source, trustPolicy, rolePolicy } = artefacts;
  const { sql, description, awsIotSqlVersion, ruleDisabled } = topicRulePayload(artefacts);
  const functionArn = { 'Fn::GetAtt': ['Function', 'Arn'] };
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `${FUNCTION_DESCRIPTION}. An export: the console has not run this text.`,
    Resources: {
      FunctionRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: roleName,
          Description: FUNCTION_DESCRIPTION,
          AssumeRolePolicyDocument: JSON.parse(trustPolicy),
          Policies: [{ PolicyName: ROLE_POLICY_NAME, PolicyDocument: JSON.parse(rolePolicy) }],
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: name,
          Description: FUNCTION_DESCRIPTION,
          Runtime: HANDLER_RUNTIME,
          Handler: HANDLER_NAME,
          Role: { 'Fn::GetAtt': ['FunctionRole', 'Arn'] },
          Timeout: HANDLER_TIMEOUT_SECONDS,
          MemorySize: HANDLER_MEMORY_MEGABYTES,
          Code: { ZipFile: { 'Fn::Join': ['\n', source.split('\n')] } },
        },
      },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: { Ref: 'Function' },
          Action: 'lambda:InvokeFunction',
          Principal: 'iot.amazonaws.com',
          SourceArn: ruleArn,
          SourceAccount: accountId,
        },
      },
      Rule: {
        Type: 'AWS::IoT::TopicRule',
        DependsOn: ['Permission'],
        Properties: {
          RuleName: name,
          TopicRulePayload: {
            Sql: sql,
            AwsIotSqlVersion: awsIotSqlVersion,
            Description: description,
            RuleDisabled: ruleDisabled,
            Actions: [{ Lambda: { FunctionArn: functionArn } }],
          },
        },
      },
    },
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}
