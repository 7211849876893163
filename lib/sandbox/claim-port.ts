import { StartRefusal } from './start-refusal';

/**
 * Turns the system's refusal of a port into a sentence.
 * @throws StartRefusal
 */
export async function claimPort<Part>(
  starting: Promise<Part>,
  { port, variable }: { port: number | string; variable: string },
): Promise<Part> {
  try {
    return await starting;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new StartRefusal(`Port ${port} is taken. Stop what uses it, or set ${variable} to another port.`);
    }
    if (code === 'EACCES') {
      throw new StartRefusal(
        `Port ${port} may not be used by this account. Set ${variable} to another port.`,
      );
    }
    throw error;
  }
}
