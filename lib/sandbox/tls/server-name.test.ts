import { describe, expect, it } from 'vitest';
import { judgeServerName } from './server-name';

describe('judgeServerName (RFC 6066 section 3)', () => {
  it.each<[unknown, string, string]>([
    ['localhost', 'expected', 'the endpoint that DescribeEndpoint answers'],
    ['LOCALHOST', 'expected', 'DNS names compare without case'],
    ['localhost.', 'expected', 'a rooted name is the same name'],
    [false, 'missing', 'what Node reports when no name was sent'],
    [undefined, 'missing', 'the same before the handshake'],
    ['', 'missing', 'an empty name says nothing'],
    ['127.0.0.1', 'missing', 'an IPv4 literal is not a server name'],
    ['::1', 'missing', 'nor is an IPv6 literal'],
    ['a1b2-ats.iot.us-east-1.amazonaws.com', 'foreign', 'the endpoint of a real account'],
    ['localhost.example.com', 'foreign', 'begins alike'],
  ])('%s -> %s (%s)', (sent, kind) => {
    expect(judgeServerName(sent).kind).toBe(kind);
  });
});
