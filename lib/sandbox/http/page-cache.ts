/** 100 000 things in pages of 250, twice. */
const BYTES_MAX = 40_000_000;

type Page = { items: readonly unknown[]; others: string; bytes: Buffer };

/**
 * The bytes of pages that were answered before: lists are asked for page by page and again and again, and their items are
 * kept outputs, so a page of the same items is the same page. The one that was used longest ago gives way.
 */
export class PageCache {
  readonly #pages = new Map<unknown, Page>();
  #bytes = 0;

  /** @param others - the text of all that the page says besides its items */
  get(items: readonly unknown[], others: string): Buffer | undefined {
    const page = this.#pages.get(items[0]);
    if (page?.others !== others || !isSame(page.items, items)) return undefined;
    this.#pages.delete(items[0]);
    this.#pages.set(items[0], page);
    return page.bytes;
  }

  set(items: readonly unknown[], others: string, bytes: Buffer): void {
    this.#forget(items[0]);
    this.#pages.set(items[0], { items, others, bytes });
    this.#bytes += bytes.length;
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= BYTES_MAX) return;
      this.#forget(oldest);
    }
  }

  #forget(first: unknown): void {
    this.#bytes -= this.#pages.get(first)?.bytes.length ?? 0;
    this.#pages.delete(first);
  }
}

const isSame = (left: readonly unknown[], right: readonly unknown[]) =>
  left === right || (left.length === right.length && left.every((item, index) => item === right[index]));
