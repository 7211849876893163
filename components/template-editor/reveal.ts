/**
 * Leads the eye and the keyboard to a place of the editor.
 * @module
 */
import { isWithin } from './written-path';

/** Focuses the entry of a finding in the list. */
export function revealFinding(root: HTMLElement | null, key: string): void {
  const entries = [...(root?.querySelectorAll<HTMLElement>('[data-finding]') ?? [])];
  const entry = entries.find((candidate) => candidate.dataset['finding'] === key);
  entry?.focus({ preventScroll: true });
  entry?.scrollIntoView({ block: 'nearest' });
}

/** Focuses the field of the drawing that shows a place of the template, or the nearest around it. */
export function revealPlace(root: HTMLElement | null, written: string): void {
  const places = [...(root?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
  const around = places
    .filter(({ dataset }) => isWithin(written, dataset['place'] ?? ''))
    .toSorted((one, other) => (other.dataset['place'] ?? '').length - (one.dataset['place'] ?? '').length);
  const [nearest] = around;
  if (nearest === undefined) return;
  nearest.closest('details')?.setAttribute('open', '');
  nearest.scrollIntoView({ block: 'center' });
  nearest.querySelector<HTMLElement>('input, button, summary')?.focus({ preventScroll: true });
}
