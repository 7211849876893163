import { thingNameOf } from '@/lib/batch/thing-name';
import type { Subject } from '@/lib/pki/subject';
import { parseTemplate } from '@/lib/provisioning/template';

export type DeviceNames = { commonName: string; thingName: string };

/** Of the device with this index, now that its certificate is there; the serial number is in hex. */
export type NameDevice = (
  index: number,
  certificate: { certificateId: string; serialHex: string },
) => DeviceNames;

/** @param templateBody of the CA; undefined, or one that cannot be read, names things by the common name */
export function deviceNamer(subjects: readonly Subject[], templateBody: string | undefined): NameDevice {
  const parsed = templateBody === undefined ? undefined : parseTemplate(templateBody);
  const template = parsed?.ok ? parsed.value : undefined;
  return (index, { certificateId, serialHex }) => {
    const subject = subjects[index] ?? {};
    const commonName = subject.commonName ?? '';
    // A decimal of 40 digits for each device, which nobody would read.
    if (template === undefined) return { commonName, thingName: commonName };
    const serialNumberDecimal = BigInt(`0x${serialHex}`).toString();
    return { commonName, thingName: thingNameOf(template, { certificateId, serialNumberDecimal, subject }) };
  };
}
