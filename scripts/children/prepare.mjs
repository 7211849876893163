/**
 * Brings the database up to date before the console is announced, and answers with the token of the setup link while no operator exists.
 * @module
 */
import { failed, heardFromLauncher, ready } from './guard.mjs';

try {
  // Loads while the database opens.
  const databaseIsOpen = heardFromLauncher();
  const { prepareDatabase } = await import('../../dist/prepare.mjs');
  await databaseIsOpen;
  ready(await prepareDatabase());
  process.exitCode = 0;
} catch (error) {
  console.error(error);
  failed('The database cannot be brought up to date. What was written stands above.');
}
