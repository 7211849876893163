/**
 * Runs in the browser before anything else of the console does.
 * @module
 */
import { config } from 'zod';

// Zod tries out whether it may compile code; our content policy forbids that, and the browser would report each try as a breach.
config({ jitless: true });
