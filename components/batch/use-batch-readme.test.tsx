// @vitest-environment happy-dom
import { cleanup, renderHook } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it } from 'vitest';
import { en } from '@/lib/i18n/en';
import ja from '@/messages/ja/batch.json';
import zh from '@/messages/zh-CN/batch.json';
import { useBatchReadme } from './use-batch-readme';

afterEach(cleanup);

const LANGUAGES = [
  ['en', en],
  ['ja', { ...en, batch: ja }],
  ['zh-CN', { ...en, batch: zh }],
] as const;

function readmeOf(
  [locale, messages]: (typeof LANGUAGES)[number],
  facts: Partial<Parameters<ReturnType<typeof useBatchReadme>>[0]> = {},
) {
  const { result } = renderHook(() => useBatchReadme(), {
    wrapper: ({ children }) => (
      <IntlProvider locale={locale} messages={messages} timeZone="UTC">
        {children}
      </IntlProvider>
    ),
  });
  return result.current({
    hasPkcs12: false,
    keyOrigin: 'console',
    passphraseRule: 'none',
    passphraseList: 'apart',
    ...facts,
  })({ host: 'iot.example.com', port: 8883 });
}

it.each(LANGUAGES)('names in %s where devices connect, whatever the files', (...language) => {
  const readme = readmeOf(language);
  expect(readme).toContain('iot.example.com');
  expect(readme).toContain('8883');
  expect(readme).toContain('endpoint.json');
});

it.each(LANGUAGES)('says in %s where the passphrases are, where devices have one each', (...language) => {
  const own = { passphraseRule: 'own' } as const;
  expect(readmeOf(language, { ...own, passphraseList: 'apart' })).toContain('-passphrases.csv');
  expect(readmeOf(language, { ...own, passphraseList: 'inside' })).toMatch(/[^-]passphrases\.csv/);
  expect(readmeOf(language)).not.toContain('passphrases.csv');
});
