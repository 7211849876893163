import { PEM_BYTES_MAX } from '@/lib/pki/pem';
import { fail, ok, type Result } from '@/lib/result';

/** The bytes of a dropped or chosen file; its size is looked at before a byte is read. */
export async function readFile(
  file: Blob,
): Promise<Result<Uint8Array<ArrayBuffer>, { kind: 'file-too-big'; bytes: number; bytesMax: number }>> {
  if (file.size > PEM_BYTES_MAX)
    return fail({ kind: 'file-too-big', bytes: file.size, bytesMax: PEM_BYTES_MAX });
  return ok(new Uint8Array(await file.arrayBuffer()));
}
