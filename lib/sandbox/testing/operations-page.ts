import { SERVICES, type ServiceCoverage } from '@/lib/sandbox/http/services';

/** What is built of each service, as a page of Markdown. */
export function operationsPage(): string {
  return [
    '# Operations of the sandbox',
    `What is built follows the service models that the AWS SDK carries. The rest answers 501 with its name, and pretends nothing.
Made from the code by \`npm run docs\`.`,
    ...SERVICES.map(([name, service]) => chapter(name, service)),
    '',
  ].join('\n\n');
}

function chapter(name: string, { names, built }: ServiceCoverage): string {
  const rows = [...names]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((operation) => `| ${operation} | ${built.has(operation) ? 'built' : '501'} |`);
  return [
    `## ${name}`,
    '',
    `${built.size} of ${names.size} are built.`,
    '',
    '| operation | |',
    '| --- | --- |',
    ...rows,
  ].join('\n');
}
