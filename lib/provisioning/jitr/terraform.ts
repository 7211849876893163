/**
 * A set-up as a Terraform configuration, for the provider `hashicorp/aws`; the package lies beside it.
 * Terraform language, "Strings and Templates"; AWS provider: aws_iam_role, aws_iam_role_policy, aws_lambda_function,
 * aws_lambda_permission, aws_iot_topic_rule.
 * @module
 */
import { FUNCTION_DESCRIPTION, type JitrArtefacts, PACKAGE_FILE, ROLE_POLICY_NAME } from './artefacts';
import { topicRulePayload } from './calls';
import {
  HANDLER_MEMORY_MEGABYTES,
  HANDLER_NAME,
  HANDLER_RUNTIME,
  HANDLER_TIMEOUT_SECONDS,
} from './handler-source';

/** `main.tf`. */
export function terraformConfiguration(artefacts: JitrArtefacts): string {
  const { name, roleName, accountId, region, trustPolicy, rolePolicy } = artefacts;
  const { sql, awsIotSqlVersion } = topicRulePayload(artefacts);
  const description = quoted(FUNCTION_DESCRIPTION);
  return `# ${FUNCTION_DESCRIPTION}.
# An export: the console has not run this text.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

provider "aws" {
  region = ${quoted(region)}
}

resource "aws_iam_role" "function" {
  name        = ${quoted(roleName)}
  description = ${description}

  assume_role_policy = ${heredoc(trustPolicy)}
}

resource "aws_iam_role_policy" "function" {
  name = ${quoted(ROLE_POLICY_NAME)}
  role = aws_iam_role.function.id

  policy = ${heredoc(rolePolicy)}
}

resource "aws_lambda_function" "registration" {
  function_name    = ${quoted(name)}
  description      = ${description}
  runtime          = ${quoted(HANDLER_RUNTIME)}
  handler          = ${quoted(HANDLER_NAME)}
  role             = aws_iam_role.function.arn
  timeout          = ${HANDLER_TIMEOUT_SECONDS}
  memory_size      = ${HANDLER_MEMORY_MEGABYTES}
  filename         = "\${path.module}/${PACKAGE_FILE}"
  source_code_hash = filebase64sha256("\${path.module}/${PACKAGE_FILE}")
}

resource "aws_lambda_permission" "rule" {
  statement_id   = ${quoted(name)}
  function_name  = aws_lambda_function.registration.function_name
  action         = "lambda:InvokeFunction"
  principal      = "iot.amazonaws.com"
  source_arn     = aws_iot_topic_rule.registered.arn
  source_account = ${quoted(accountId)}
}

resource "aws_iot_topic_rule" "registered" {
  name        = ${quoted(name)}
  description = ${description}
  enabled     = true
  sql         = ${quoted(sql)}
  sql_version = ${quoted(awsIotSqlVersion)}

  lambda {
    function_arn = aws_lambda_function.registration.arn
  }
}
`;
}

/** Both of Terraform's template marks as themselves. */
const escaped = (text: string): string => text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');

const quoted = (text: string): string => escaped(JSON.stringify(text));

/** Indented by two; the mark takes the indentation away again. */
const heredoc = (json: string): string =>
  `<<-JSON\n${escaped(json)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}\n  JSON`;
