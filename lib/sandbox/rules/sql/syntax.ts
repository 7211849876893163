/**
 * The syntax tree of a rule's SQL. AWS IoT Core Developer Guide, "AWS IoT SQL reference".
 * @module
 */

/** `position` is the 0-based offset in the statement's text. */
type At = { position: number };

export type BinaryOperator =
  | 'OR'
  | 'AND'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';

export type Expression = At &
  (
    | { kind: 'literal'; value: null | boolean | number | string }
    /** The whole payload, as an argument: `encode(*, 'base64')`. */
    | { kind: 'star' }
    | { kind: 'field'; name: string }
    | { kind: 'member'; of: Expression; name: string }
    | { kind: 'unary'; operator: 'NOT' | '-'; operand: Expression }
    | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
    | { kind: 'in'; value: Expression; set: Expression }
    | { kind: 'exists'; query: Expression }
    | { kind: 'case'; subject: Expression; whens: readonly When[]; otherwise: Expression | undefined }
    | { kind: 'array'; items: readonly Expression[] }
    | { kind: 'object'; entries: readonly { key: string; value: Expression }[] }
    | { kind: 'call'; name: string; args: readonly Expression[] }
    | { kind: 'cast'; value: Expression; type: CastType }
    | { kind: 'select'; statement: NestedSelect }
  );

export type When = { test: Expression; result: Expression };

export const CAST_TYPES = {
  string: 'string',
  nvarchar: 'string',
  text: 'string',
  ntext: 'string',
  varchar: 'string',
  int: 'int',
  integer: 'int',
  double: 'decimal',
  decimal: 'decimal',
  bool: 'boolean',
  boolean: 'boolean',
} as const;
export type CastType = keyof typeof CAST_TYPES;

/** What a SELECT hands out: `*`, or an expression under a name; `AS a.b` makes an object in an object. */
export type SelectItem =
  | (At & { kind: 'all' })
  | (At & { kind: 'named'; value: Expression; alias: readonly string[] | undefined });

export type Selection =
  | { kind: 'items'; items: readonly SelectItem[] }
  /** `SELECT VALUE x`: not wrapped in an object. */
  | { kind: 'value'; value: Expression };

export type NestedSelect = {
  selection: Selection;
  from: Expression;
  alias: string | undefined;
  where: Expression | undefined;
};

export type SelectStatement = {
  selection: Selection;
  /** Undefined: only for basic ingest. */
  topicFilter: string | undefined;
  where: Expression | undefined;
};

export type SqlVersion = '2015-10-08' | '2016-03-23' | 'beta';
