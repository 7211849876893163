import { ApiError } from '@/lib/sandbox/api-error';
import { languageOf } from '@/lib/sandbox/lambda/runtimes';
import { pythonInterpreter } from './python-interpreter';

/** What runs a function. */
export type Program = { language: 'node' } | { language: 'python'; interpreter: string };

/**
 * The program of this machine that stands for one of Lambda's runtimes: the sandbox's own Node.js, or the Python that is here, whatever
 * versions they are.
 *
 * @throws ApiError NotImplementedException when there is none
 */
export async function programOf(runtime: string): Promise<Program> {
  const language = languageOf(runtime);
  if (language === 'node') return { language };
  if (language === undefined) {
    throw notHere(`The sandbox runs Node.js and Python functions; it does not run ${runtime}`);
  }
  const interpreter = await pythonInterpreter();
  if (interpreter !== undefined) return { language, interpreter };
  throw notHere(
    `The sandbox runs ${runtime} functions with the python3 of this machine, and found none that has boto3. Install both, then try again.`,
  );
}

const notHere = (message: string) => new ApiError('NotImplementedException', message);
