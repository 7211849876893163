/**
 * The one door to @peculiar/x509. Version 2 injects its dependencies by decorators and throws unless the
 * Reflect polyfill was loaded before it.
 * @module
 */
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

export { x509 };
