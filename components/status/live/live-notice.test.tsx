// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InConsole } from '@/components/ui/testing/in-console';
import { LiveChanges } from './live-changes';
import { LiveNotice } from './live-notice';
import { at, FakeEventSource } from './testing/fake-event-source';

const { router, server } = vi.hoisted(() => ({ router: { refresh: vi.fn() }, server: { isAway: false } }));
vi.mock('next/navigation', () => ({ useRouter: () => router }));
vi.mock('@/components/ui/console-answers', () => ({ consoleAnswers: async () => !server.isAway }));

let number = 0;
beforeEach(() => {
  vi.useFakeTimers({ now: new Date(at(100)) });
  vi.stubGlobal('EventSource', FakeEventSource);
  FakeEventSource.opened = [];
  router.refresh.mockClear();
  server.isAway = false;
  number += 1;
});
afterEach(async () => {
  cleanup();
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const inEnglish = (child: React.ReactNode) => render(<InConsole now={new Date(at(100))}>{child}</InConsole>);
const showNotice = (goesOn = true) =>
  inEnglish(
    <LiveNotice
      environment={`test-${number}`}
      topic={{ device: { certificateId: 'a'.repeat(64), names: ['press-1'] } }}
      readAt={at(10)}
      goesOn={goesOn}
      phase="awaiting"
      isThrottled={false}
    />,
  );
const tell = (say: (server: FakeEventSource) => void) => act(async () => say(FakeEventSource.latest()));
/** In steps, because React renders what one has done only at its end; the server is there all the time. */
async function wait(ms: number) {
  for (let leftMs = ms; leftMs > 0; leftMs -= 1_000) {
    await act(async () => {
      FakeEventSource.latest().say('beat', {});
      await vi.advanceTimersByTimeAsync(Math.min(leftMs, 1_000));
    });
  }
}
const reads = () => router.refresh.mock.calls.length;

describe('a page that is live', () => {
  it('is read again by what concerns it, once for many events, and by nothing else', async () => {
    showNotice();
    await tell((server) => server.live());
    expect(screen.getByText('Live')).toBeDefined();
    await wait(60_000);
    await tell((server) => server.news(70, 'a.1', ['press-2']));
    await wait(5_000);
    expect(reads()).toBe(0);
    await tell((server) => server.news(76, 'a.2', ['press-1', 'press-1']));
    await tell((server) => server.news(76, 'a.3', ['press-1']));
    await wait(5_000);
    expect(reads()).toBe(1);
  });

  it('is read again when something may have been missed', async () => {
    showNotice();
    await tell((server) => server.live());
    await tell((server) => server.say('reload', { at: at(20) }, 'b.0'));
    await wait(1_000);
    expect(reads()).toBe(1);
  });

  it('is read by what happened while the console was away, once it answers', async () => {
    showNotice();
    await tell((source) => source.live());
    server.isAway = true;
    await tell((source) => source.news(76, 'a.1', ['press-1']));
    await wait(20_000);
    expect(reads()).toBe(0);
    server.isAway = false;
    await wait(20_000);
    expect(reads()).toBe(1);
  });
});

describe('a page that is not live says so and why', () => {
  const off = { kind: 'off', why: 'not-allowed', detail: 'HTTP 403', retryAt: at(400) } as const;

  it('and is read again and again as long as something is to come', async () => {
    showNotice();
    await tell((server) => server.state(off));
    expect(screen.getByText(/may not listen \(HTTP 403\)\. Allow iot:Connect/)).toBeDefined();
    expect(screen.getByText(/read again by itself/)).toBeDefined();
    await wait(30_000);
    expect(reads()).toBeGreaterThan(3);
    const before = reads();
    await tell((server) => server.live());
    await wait(60_000);
    expect(reads()).toBe(before);
  });

  it('and is not where nothing is to come', async () => {
    showNotice(false);
    await tell((server) => server.state({ ...off, why: 'unreachable', detail: 'ECONNREFUSED' }));
    expect(screen.getByText(/cannot be reached \(ECONNREFUSED\)/)).toBeDefined();
    expect(screen.getByText(/“Refresh” shows what is new/)).toBeDefined();
    await wait(60_000);
    expect(reads()).toBe(0);
  });

  it('also when the console itself does not answer', async () => {
    showNotice();
    await tell((server) => server.fail(2));
    expect(screen.getByText(/the console does not answer/)).toBeDefined();
  });
});

describe('a list', () => {
  it('offers what happened, and is read anew by itself only when nobody knows what was missed', async () => {
    inEnglish(<LiveChanges environment={`test-${number}`} topic={{ kinds: ['thing'] }} readAt={at(10)} />);
    await tell((server) => server.live());
    await tell((server) => server.news(20, 'a.1', ['x', 'y']));
    expect(screen.getByText('2 changes since')).toBeDefined();
    expect(reads()).toBe(0);
    await act(async () => screen.getByRole('button', { name: 'Show' }).click());
    expect(reads()).toBe(1);
    await tell((server) => server.say('reload', { at: at(30) }, 'b.0'));
    await wait(1_000);
    expect(reads()).toBe(2);
  });
});
