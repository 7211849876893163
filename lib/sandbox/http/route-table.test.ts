import * as iot from '@aws-sdk/client-iot';
import { describe, expect, it } from 'vitest';
import { behaviour } from '@/lib/sandbox/testing/behaviour';
import { operationSchemas } from './operation-codec';
import { RouteTable } from './route-table';

function tableOf(...templates: string[]) {
  const table = new RouteTable<string>();
  for (const template of templates) table.add(template, template);
  return (path: string) => {
    const match = table.find(path);
    return match && [match.route, Object.fromEntries(match.labels)];
  };
}

describe('RouteTable', () => {
  const find = tableOf(
    '/things/{name}',
    '/things/{name}/principals',
    '/things/special',
    '/things',
    '/topics/{topic+}',
  );

  it.each([
    ['/things', ['/things', {}], 'a literal'],
    ['/things/', ['/things', {}], 'a trailing slash does not count'],
    ['/things/a', ['/things/{name}', { name: 'a' }], 'a label'],
    ['/things/special', ['/things/special', {}], 'a literal wins over a label'],
    [
      '/things/special/principals',
      ['/things/{name}/principals', { name: 'special' }],
      'unless it leads nowhere',
    ],
    [
      '/things/a%2Fprincipals',
      ['/things/{name}', { name: 'a%2Fprincipals' }],
      'an encoded slash divides nothing',
    ],
    ['/topics/a/b//', ['/topics/{topic+}', { topic: 'a/b//' }], 'a greedy label takes all there is'],
    ['/things//principals', undefined, 'a label is never empty'],
    ['/thing', undefined, 'no prefix matches'],
    ['/things/a/principals/b', undefined, 'nothing is left over'],
  ])('%s', (path, expected, _reason) => {
    expect(find(path)).toEqual(expected);
  });

  behaviour(
    'Every operation of the model has its own method and path',
    { known: 'documented', source: 'service model, HTTP bindings' },
    () => {
      const tables = new Map<string, RouteTable<string>>();
      const schemas = operationSchemas(iot);
      expect(schemas.length).toBeGreaterThan(250);
      for (const { method, path, name } of schemas) {
        const table = tables.get(method) ?? new RouteTable<string>();
        table.add(path, name);
        tables.set(method, table);
      }
      for (const { method, path, name } of schemas) {
        expect(tables.get(method)?.find(path.replace(/\{[^}]+\}/g, 'x'))?.route).toBe(name);
      }
    },
  );
});
