/** What goes back over HTTP; independent of the server, so that services are plain functions. */
export type Answer = { status: number; headers: Readonly<Record<string, string>>; body: string | Buffer };
