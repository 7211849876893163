import { assertNever } from '@/lib/result';
import type { FramingFault } from './packet-framer';
import { PACKET_BODY_BYTES_MAX } from './packet-rules';
import type { Reason } from './reason';

/** Why a stream that cannot be cut into packets is closed. */
export function framingReason(fault: FramingFault): Reason {
  switch (fault.kind) {
    case 'too-long':
      return { code: 'packet-too-long', bytes: fault.bytes, bytesMax: PACKET_BODY_BYTES_MAX };
    case 'malformed-length':
      return { code: 'packet-refused', fault: 'a malformed packet length' };
    case 'memory-exhausted':
      return { code: 'memory-exhausted', bytesMax: fault.bytesMax };
    default:
      return assertNever(fault);
  }
}
