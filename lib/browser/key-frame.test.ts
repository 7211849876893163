// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { openKeyFrame } from './key-frame';

beforeEach(() => {
  document.body.replaceChildren();
  document.head.replaceChildren();
});

function pageWithNonce(nonce: string) {
  const script = document.createElement('script');
  script.setAttribute('nonce', nonce);
  script.nonce = nonce;
  document.head.append(script);
}

describe('the frame for keys', () => {
  it('may run scripts and nothing else: no origin, no network, no place on the screen', () => {
    pageWithNonce('abc');
    const opened = openKeyFrame(document, 2);
    const frame = document.querySelector('iframe');
    expect(frame?.getAttribute('sandbox')).toBe('allow-scripts');
    expect(frame?.hidden).toBe(true);
    const within = new DOMParser().parseFromString(frame?.srcdoc ?? '', 'text/html');
    expect(within.querySelector('meta[http-equiv="content-security-policy"]')?.getAttribute('content')).toBe(
      "default-src 'none'; script-src 'nonce-abc'",
    );
    expect([...within.querySelectorAll('script')].map((script) => script.getAttribute('nonce'))).toEqual([
      'abc',
    ]);
    expect(within.querySelector('[src], [href]')).toBeNull();
    opened?.close();
    expect(document.querySelector('iframe')).toBeNull();
  });

  it.each([
    { nonce: undefined, processors: 4, why: 'the page’s policy would not let it run' },
    { nonce: 'abc', processors: 1, why: 'there is no processor for it' },
  ])('is not opened where $why', ({ nonce, processors }) => {
    if (nonce !== undefined) pageWithNonce(nonce);
    expect(openKeyFrame(document, processors)).toBeUndefined();
    expect(document.querySelector('iframe')).toBeNull();
  });
});
