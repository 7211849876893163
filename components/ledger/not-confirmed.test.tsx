// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Route } from 'next';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pickedParameter } from '@/components/device/picked-devices';
import { InConsole } from '@/components/ui/testing/in-console';
import { fail, ok } from '@/lib/result';
import { NotConfirmed } from './not-confirmed';

const router = vi.hoisted(() => ({ refresh: vi.fn() }));
vi.mock('next/navigation', async (original) => ({ ...(await original<object>()), useRouter: () => router }));
vi.mock('@/components/ui/console-answers', () => ({ consoleAnswers: async () => true }));

const idOf = (index: number) => `${index}`.padStart(16, '0').padEnd(64, 'f');
const deviceOf = (index: number) => ({
  certificateId: idOf(index),
  commonName: `pump-${index}`,
  issuedAt: '2026-11-22T10:00:00.000Z',
  lastSeenState: index === 1 ? 'ACTIVE' : undefined,
});
const act = { confirm: vi.fn(), giveUp: vi.fn() };

beforeEach(() => {
  router.refresh.mockReset();
  act.confirm.mockReset().mockResolvedValue(ok(undefined));
  act.giveUp.mockReset().mockResolvedValue(ok(undefined));
});
afterEach(cleanup);

const page = (mayIssue: boolean) => (
  <InConsole now={new Date('2026-11-22T11:00:00Z')}>
    <NotConfirmed
      environment="lab"
      batch="b1"
      devices={[deviceOf(1), deviceOf(2), deviceOf(3)]}
      count={1200}
      seen={1}
      mayIssue={mayIssue}
      listHref="/list"
      issueHref={'/form?again=b1' as Route}
      pageHrefs={{ next: '/next' as Route, first: undefined }}
      {...act}
    />
  </InConsole>
);
const open = (mayIssue = true) => render(page(mayIssue));

const pick = (name: string) => userEvent.click(screen.getByRole('checkbox', { name: `Choose ${name}` }));
const hrefOf = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
async function say(button: string, word: string) {
  await userEvent.click(screen.getByRole('button', { name: button }));
  const dialog = within(await screen.findByRole('alertdialog'));
  await userEvent.click(dialog.getByRole('button', { name: word }));
}

describe('devices that are not confirmed', () => {
  it('are issued again, all of them or those that were picked, by an address of bounded length', async () => {
    open();
    expect(hrefOf('Issue all 1,200 again')).toBe('/form?again=b1');
    await pick('pump-1');
    await pick('pump-3');
    const only = new URL(`http://x${hrefOf('Issue 2 again')}`).searchParams.get('only');
    expect(pickedParameter.parse(only)).toEqual([idOf(1).slice(0, 16), idOf(3).slice(0, 16)]);
    await userEvent.click(screen.getByRole('button', { name: 'Choose none' }));
    expect(hrefOf('Issue all 1,200 again')).toBe('/form?again=b1');
  });

  it.each([
    ['confirm', 'Confirm all 1,200', 'Confirm'],
    ['giveUp', 'Give up all 1,200', 'Give up'],
  ] as const)('are all meant by %s where none is picked', async (name, button, word) => {
    open();
    await say(button, word);
    await waitFor(() =>
      expect(act[name]).toHaveBeenCalledExactlyOnceWith({ environment: 'lab', batch: 'b1' }),
    );
    expect(router.refresh).toHaveBeenCalled();
  });

  it.each([
    ['confirm', 'Confirm 1', 'Confirm'],
    ['giveUp', 'Give up 1', 'Give up'],
  ] as const)('are meant by %s only as far as they are picked', async (name, button, word) => {
    open();
    await pick('pump-2');
    await say(button, word);
    await waitFor(() => expect(act[name]).toHaveBeenCalledOnce());
    expect(act[name].mock.calls[0]?.[0]).toEqual({
      environment: 'lab',
      batch: 'b1',
      certificateIds: [idOf(2)],
    });
    // What was dealt with is picked no more.
    expect(await screen.findByRole('link', { name: 'Issue all 1,200 again' })).toBeTruthy();
  });

  it('stay picked where the server refuses', async () => {
    act.giveUp.mockResolvedValue(fail({ kind: 'signed-out' }));
    open();
    await pick('pump-2');
    await say('Give up 1', 'Give up');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('checkbox', { name: 'Choose pump-2', hidden: true })).toHaveProperty(
      'checked',
      true,
    );
  });

  it('of a page are picked at once, and let go at once', async () => {
    open();
    const all = () => userEvent.click(screen.getByRole('checkbox', { name: 'Choose all on this page' }));
    await pick('pump-2');
    await all();
    expect(screen.getByText('3 chosen')).toBeTruthy();
    await all();
    expect(screen.queryByText(/chosen/)).toBeNull();
  });

  it('that AWS has seen are somebody’s: the page says to confirm or deactivate them', () => {
    open();
    expect(screen.getByText(/AWS has seen 1 of them.*deactivate its certificate/)).toBeTruthy();
  });

  it('are only looked at by who may not issue', () => {
    open(false);
    expect(screen.getByText('pump-3')).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });
});

it.each([
  ['', 'nothing'],
  ['0123456789abcde', 'a digit too few'],
  ['0123456789abcdef,', 'a comma at the end'],
  ['0123456789ABCDEF', 'not as AWS writes ids'],
  [Array.from({ length: 101 }, () => '0123456789abcdef').join(), 'more than a page has'],
])('an address does not pick by %j: %s', (text, _reason) => {
  expect(pickedParameter.safeParse(text).success).toBe(false);
});
