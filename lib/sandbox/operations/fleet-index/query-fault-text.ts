import { ApiError } from '@/lib/sandbox/api-error';
import type { QueryFault } from './query/query';

/** AWS's own wording is not published. */
export const invalidQuery = (fault: QueryFault) =>
  new ApiError('InvalidQueryException', `Invalid query at character ${fault.offset + 1}: ${sentence(fault)}`);

function sentence(fault: QueryFault): string {
  switch (fault.kind) {
    case 'unexpected':
      return `found ${fault.found}, expected ${fault.expected}.`;
    case 'unterminated-phrase':
      return 'the quotation mark is not closed.';
    case 'dangling-escape':
      return 'nothing follows the backslash.';
    case 'unsupported-character':
      return `the character ${fault.character} is not supported. Escape it with a backslash or put the value in quotation marks.`;
    case 'too-many-terms':
      return `a query has at most ${fault.termsMax} terms.`;
    case 'too-many-leading-wildcards':
      return 'only one term of a query may start with a wildcard.';
    case 'leading-wildcard-too-long':
      return `a query with a leading wildcard has at most ${fault.charactersMax} characters.`;
    case 'too-long':
      return `a query has at most ${fault.bytesMax} bytes.`;
  }
}
