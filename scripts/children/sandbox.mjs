/**
 * The sandbox's process. Its standard output is the sandbox's own: one line of JSON when it can be used.
 * @module
 */
import './guard.mjs';
import '../../dist/sandbox.mjs';
