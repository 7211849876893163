/**
 * IP addresses and CIDR ranges of `IpAddress` conditions.
 * RFC 4632 (IPv4), RFC 4291 section 2.2 and 2.5.5.2 (IPv6, IPv4-mapped).
 * @module
 */

type Address = { bits: 32 | 128; value: bigint };

/** Whether `address` lies in `range`, a CIDR block or a single address. False when either cannot be read. */
export function isInRange(address: string, range: string): boolean {
  const [network = '', length, ...rest] = range.split('/');
  const parsed = parseAddress(address);
  const base = parseAddress(network);
  if (parsed === undefined || base === undefined || parsed.bits !== base.bits || rest.length > 0)
    return false;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return false;
  const prefixBits = length === undefined ? base.bits : Number(length);
  if (prefixBits > base.bits) return false;
  const shift = BigInt(base.bits - prefixBits);
  return parsed.value >> shift === base.value >> shift;
}

function parseAddress(text: string): Address | undefined {
  // A dual-stack socket reports IPv4 peers as ::ffff:a.b.c.d.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  if (mapped !== undefined) return parseIpv4(mapped);
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Address | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  return { bits: 32, value: octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n) };
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) };
}
