/**
 * `npm start`: database, sandbox and console by one command. `--dev` serves the console in development mode.
 * @module
 */
import { launch } from './launcher/launch.mjs';
import { endWithNpm } from './launcher/parent.mjs';

endWithNpm();
await launch({ isDevelopment: process.argv.includes('--dev') });
