import { assertNever } from '@/lib/result';
import type { FirstContact } from './ca-facts';
import type { CaTranslator } from './ca-translator';

/** "JITP template", "JITR", "Off": what happens to a device that AWS has not seen before. */
export function firstContactText(t: CaTranslator, firstContact: FirstContact): string {
  switch (firstContact.kind) {
    case 'jitp':
    case 'jitr':
      return t(`firstContact.${firstContact.kind}`);
    case 'jitp-named':
      return t('firstContact.named', { name: firstContact.templateName });
    case 'off':
      return t(firstContact.keepsTemplate ? 'firstContact.offKept' : 'firstContact.off');
    default:
      return assertNever(firstContact);
  }
}
