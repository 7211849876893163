/**
 * The template editor by itself on a page, as the console has it: its words, its styles, nothing of a server.
 * @module
 */
import { createRoot } from 'react-dom/client';
import { AppProviders } from '@/components/shell/app-providers';
import { TemplateEditor } from '@/components/template-editor/template-editor';
import { en } from '@/lib/i18n/en';

const region = 'us-east-2';
const place = {
  environmentId: 'bench',
  accountId: '123456789012',
  region,
  cliTarget: { region, endpoints: { iot: undefined, iam: undefined } },
};

/** The document that the bench has put on the page. */
const given = document.getElementById('given')?.textContent ?? '{}';
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

createRoot(root).render(
  <AppProviders locale="en" messages={en} now={new Date(0)}>
    <main className="p-4">
      <h1 className="sr-only">Template editor</h1>
      <TemplateEditor
        operatorId="bench"
        place={place}
        subject={{ kind: 'new' }}
        opening={{ body: given, roleArn: `arn:aws:iam::${place.accountId}:role/JITPRole` }}
      />
    </main>
  </AppProviders>,
);
