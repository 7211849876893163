import { compileRange, compileTerm, type ValueTest } from './compile-term';
import type { Query } from './query';

/** Whether some value of a field of a document passes a test; a list has several values, an absent field none. */
export type FieldSearch<Document> = (document: Document, test: ValueTest) => boolean;

/** How documents of one kind are read. */
export type SearchableFields<Document> = {
  /** Undefined: the index has no such field, which no document matches. */
  field(name: string): FieldSearch<Document> | undefined;
  /** All fields that a term without a field is looked for in. */
  anyField: FieldSearch<Document>;
};

/** The test of a query, compiled once and then only called. */
export function compileQuery<Document>(
  query: Query,
  fields: SearchableFields<Document>,
): (document: Document) => boolean {
  switch (query.kind) {
    case 'match':
      return compileClause(query.field, { test: compileTerm(query.term), fields });
    case 'range':
      return compileClause(query.field, { test: compileRange(query), fields });
    case 'not': {
      const operand = compileQuery(query.operand, fields);
      return (document) => !operand(document);
    }
    case 'and': {
      const operands = query.operands.map((operand) => compileQuery(operand, fields));
      return (document) => operands.every((operand) => operand(document));
    }
    case 'or': {
      const operands = query.operands.map((operand) => compileQuery(operand, fields));
      return (document) => operands.some((operand) => operand(document));
    }
  }
}

function compileClause<Document>(
  name: string | undefined,
  { test, fields }: { test: ValueTest; fields: SearchableFields<Document> },
): (document: Document) => boolean {
  const search = name === undefined ? fields.anyField : fields.field(name);
  return search ? (document) => search(document, test) : () => false;
}
