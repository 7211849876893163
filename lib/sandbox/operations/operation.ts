import type { Scope } from '@/lib/sandbox/scope';

/** An operation's function; the codec of its own schema made its input, which is why any input type fits. */
export type Operation = (scope: Scope, input: never) => object | Promise<object>;

/** What is built of a service: AWS's name of the operation to its function. The rest of the model answers 501. */
export type Operations = Readonly<Record<string, Operation>>;
