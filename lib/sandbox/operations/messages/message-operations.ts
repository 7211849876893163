import type { Operations } from '@/lib/sandbox/operations/operation';
import { deleteConnection, getConnection } from './connections';
import { publish } from './publish';
import { getRetainedMessage, listRetainedMessages } from './retained-messages';

export const messageOperations = {
  Publish: publish,
  GetRetainedMessage: getRetainedMessage,
  ListRetainedMessages: listRetainedMessages,
  GetConnection: getConnection,
  DeleteConnection: deleteConnection,
} satisfies Operations;
