/**
 * Lists as AWS gives them: by opaque token, without totals or page numbers.
 * @module
 */

/** One page of a list; `nextToken` is undefined on the last one. */
export type Page<Item> = { items: Item[]; nextToken: string | undefined };

/** Which page of a list. `token` is the previous page's `nextToken`, undefined for the first page. */
export type PageRequest = { pageSize: number; token: string | undefined };

/** Largest page every AWS IoT list accepts (service model, `PageSize` and `RegistryMaxResults`). */
export const PAGE_SIZE_MAX = 250;
