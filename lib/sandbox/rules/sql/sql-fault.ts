/** Why a statement is not one, and where. */
export class SqlFault extends Error {
  override readonly name = 'SqlFault';
  /** 0-based offset in the text. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}
