import type { SubjectField } from '@/lib/pki/subject';

/** The attributes of a device's subject, in the order in which they are asked. */
export const SUBJECT_FIELDS = [
  'commonName',
  'country',
  'stateName',
  'locality',
  'organization',
  'organizationalUnit',
  'serialNumber',
  'dnQualifier',
] as const satisfies readonly SubjectField[];
