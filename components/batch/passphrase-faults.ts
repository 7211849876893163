import { PASSPHRASE_CHARACTERS_MAX, PASSPHRASE_CHARACTERS_MIN } from '@/lib/pki/passphrase';

export type PassphraseFault = 'missing' | 'differs';

/** What is wrong with a passphrase for all devices; nothing where there is to be none. */
export function passphraseFaults(
  { value, again }: { value: string; again: string },
  isNeeded: boolean,
): { value: PassphraseFault | undefined; again: PassphraseFault | undefined } {
  if (!isNeeded) return { value: undefined, again: undefined };
  const isLengthFit = value.length >= PASSPHRASE_CHARACTERS_MIN && value.length <= PASSPHRASE_CHARACTERS_MAX;
  if (!isLengthFit) return { value: 'missing', again: undefined };
  return { value: undefined, again: value === again ? undefined : 'differs' };
}
