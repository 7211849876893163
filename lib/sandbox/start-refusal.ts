/** The sandbox cannot start, and the message is the sentence that tells a person why and what to do. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}
