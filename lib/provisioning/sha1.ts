/**
 * SHA-1, FIPS 180-4 section 6.1.2.
 * Names the policies that JITP makes, as AWS does; nothing here relies on it for security. Written out because
 * WebCrypto's digest is asynchronous, and a template is evaluated on every keystroke of an editor.
 * @module
 */

/** SHA-1 of the UTF-8 form of `text`: 40 lower-case hex digits. */
export function sha1Hex(text: string): string {
  const words = padded(new TextEncoder().encode(text));
  let h0 = 0x67452301;
  let h1 = 0xefcdab89;
  let h2 = 0x98badcfe;
  let h3 = 0x10325476;
  let h4 = 0xc3d2e1f0;
  const schedule = new Int32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    for (let t = 0; t < 80; t += 1) {
      schedule[t] =
        t < 16
          ? (words[block + t] ?? 0)
          : rotate(
              at(schedule, t - 3) ^ at(schedule, t - 8) ^ at(schedule, t - 14) ^ at(schedule, t - 16),
              1,
            );
    }
    let [a, b, c, d, e] = [h0, h1, h2, h3, h4];
    for (let t = 0; t < 80; t += 1) {
      const next = (rotate(a, 5) + round(t, b, c, d) + e + constant(t) + at(schedule, t)) | 0;
      [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
  }
  return [h0, h1, h2, h3, h4].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The message, a 1 bit, zeros, and the length in bits as 64 bits, in big-endian words. */
function padded(message: Uint8Array): Int32Array {
  const words = new Int32Array((((message.length + 8) >> 6) + 1) * 16);
  const put = (index: number, octet: number) => {
    words[index >> 2] = (words[index >> 2] ?? 0) | (octet << (24 - (index & 3) * 8));
  };
  message.forEach((octet, index) => {
    put(index, octet);
  });
  put(message.length, 0x80);
  words[words.length - 2] = Math.floor((message.length * 8) / 2 ** 32);
  words[words.length - 1] = (message.length * 8) | 0;
  return words;
}

function round(t: number, b: number, c: number, d: number): number {
  if (t < 20) return (b & c) | (~b & d);
  if (t < 40 || t >= 60) return b ^ c ^ d;
  return (b & c) | (b & d) | (c & d);
}

function constant(t: number): number {
  if (t < 20) return 0x5a827999;
  if (t < 40) return 0x6ed9eba1;
  return t < 60 ? 0x8f1bbcdc : 0xca62c1d6;
}

const rotate = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));
const at = (words: Int32Array, index: number) => words[index] ?? 0;
