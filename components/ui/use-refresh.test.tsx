// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InConsole } from './testing/in-console';
import { useRefresh } from './use-refresh';

const router = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock('next/navigation', () => ({ useRouter: () => router }));

const asked: string[] = [];
let answer: () => Promise<Response>;
beforeEach(() => {
  router.refresh.mockReset();
  asked.length = 0;
  vi.stubGlobal('fetch', (url: string, { method }: RequestInit) => {
    asked.push(`${method} ${url}`);
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Page() {
  const { toldRefresh, isReading } = useRefresh();
  return (
    <button type="button" disabled={isReading} onClick={() => void toldRefresh()}>
      Refresh
    </button>
  );
}
async function pressRefresh() {
  render(
    <InConsole>
      <Page />
    </InConsole>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Refresh' })).toHaveProperty('disabled', false),
  );
}

describe('reading a page again', () => {
  it('is done once the console has answered', async () => {
    answer = async () => new Response(null, { status: 200 });
    await pressRefresh();
    expect(asked).toEqual(['HEAD /icon.svg']);
    expect(router.refresh).toHaveBeenCalledTimes(1);
  });

  it.each([
    { what: 'is away', answers: () => Promise.reject(new TypeError('fetch failed')) },
    { what: 'is away behind a proxy', answers: async () => new Response('Bad Gateway', { status: 502 }) },
  ])('is not tried while the console $what, which would load another page over it', async ({ answers }) => {
    answer = answers;
    await pressRefresh();
    expect(await screen.findByText(/The console did not answer, so the page is as it was\./)).toBeDefined();
    expect(router.refresh).not.toHaveBeenCalled();
  });
});
