/** What AWS leaves behind for a change it made: the id under which its own logs have the call. */
export type Receipt = { requestId: string | undefined };
