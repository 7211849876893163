/**
 * What would be lost if the page were left now, as questions. Links ask on their own (`useLeaveWarning`); whoever calls
 * the router asks here first.
 * @module
 */
const questions = new Map<symbol, string>();

/** Registers a question to be asked before the page is left; returns the way to take it back. */
export function guardLeaving(question: string): () => void {
  const id = Symbol(question);
  questions.set(id, question);
  return () => questions.delete(id);
}

/** Whether something would be lost. */
export const isGuarded = (): boolean => questions.size > 0;

/** Asks every question; true when all are answered with yes, or there is none. */
export function mayLeave(): boolean {
  return [...questions.values()].every((question) => window.confirm(question));
}

/** The person has decided to leave: nothing more is asked, not by the browser either. */
export function stopGuarding(): void {
  questions.clear();
}
