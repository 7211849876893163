/**
 * Which column of a table is which field of the subject: guessed from the header, decided by the person.
 * @module
 */
import { SUBJECT_ATTRIBUTES, type SubjectField } from '@/lib/pki/subject';
import type { TableRow } from './read-table';

/** Undefined: the column is left out of the certificates. */
export type ColumnMapping = readonly (SubjectField | undefined)[];

/** What people write above a column, without blanks, case and punctuation; the short and long names of RFC 4519 besides. */
const NAMES: Record<SubjectField, readonly string[]> = {
  country: ['country', 'countryname', '国', '国家', '国コード'],
  stateName: [
    'state',
    'stateorprovince',
    'stateorprovincename',
    'statename',
    'province',
    '都道府県',
    '省',
    '省份',
  ],
  locality: ['locality', 'localityname', 'city', '市区町村', '城市'],
  organization: [
    'organization',
    'organisation',
    'organizationname',
    'org',
    'company',
    '組織',
    '会社',
    '组织',
    '公司',
  ],
  organizationalUnit: [
    'organizationalunit',
    'organizationalunitname',
    'organisationalunit',
    'orgunit',
    'unit',
    'department',
    '部門',
    '部门',
  ],
  commonName: [
    'commonname',
    'name',
    'thing',
    'thingname',
    'device',
    'deviceid',
    'devicename',
    'id',
    '名前',
    '名称',
    'デバイス',
    'デバイス名',
    '设备',
    '设备名',
    '设备名称',
  ],
  serialNumber: ['serialnumber', 'serial', 'sn', 'serialno', 'シリアル', 'シリアル番号', '序列号'],
  dnQualifier: ['dnqualifier', 'qualifier'],
};

const FIELD_OF_NAME: ReadonlyMap<string, SubjectField> = new Map(
  SUBJECT_ATTRIBUTES.flatMap(({ field, shortName }) =>
    [shortName, ...NAMES[field]].map((name) => [normalized(name), field] as const),
  ),
);

export type GuessedColumns = { hasHeader: boolean; mapping: ColumnMapping };

/**
 * A first row with at least one known name, and every name at most once, is taken for a header. Without one the first column is the common name.
 */
export function guessColumns([first]: readonly TableRow[]): GuessedColumns {
  const cells = first?.cells ?? [];
  const fields = cells.map((cell) => FIELD_OF_NAME.get(normalized(cell)));
  const hasHeader = fields.some((field) => field !== undefined);
  if (!hasHeader)
    return { hasHeader, mapping: cells.map((_, index) => (index === 0 ? 'commonName' : undefined)) };
  // The first column of a name has it: a field stands once in a subject.
  const mapping = fields.map((field, index) => (fields.indexOf(field) === index ? field : undefined));
  return { hasHeader, mapping };
}

function normalized(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.\-/]+/g, '');
}
