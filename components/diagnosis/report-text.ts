/**
 * A diagnosis as plain text for a ticket: ids, times and evidence. It has what the page shows, so no secret.
 * @module
 */
import type { DeviceDiagnosis } from '@/lib/diagnosis/device-diagnosis';
import type { Finding } from '@/lib/diagnosis/finding';
import { type DiagnosisTranslator, evidenceWords } from './diagnosis-words';

/** The environment that was asked. */
export type DiagnosedPlace = { id: string; name: string; accountId: string; region: string };

type Words = { t: DiagnosisTranslator; cause(finding: Finding): string };

export function reportText(device: DeviceDiagnosis, place: DiagnosedPlace, { t, cause }: Words): string {
  const { at, ladder, findings, unseen } = device.diagnosis;
  const line = (label: string, value: string | undefined) => (value ? [`${label}: ${value}`] : []);
  const { connection, rungs } = ladder;
  return [
    t(ladder.phase === 'active' ? 'what.titleActive' : 'what.title'),
    ...line(t('report.environment'), `${place.name} (${place.accountId}, ${place.region})`),
    ...line(t('report.certificate'), device.certificateId),
    ...line(t('report.commonName'), device.commonName),
    ...line(t('report.ca'), device.caId),
    ...line(t('report.status'), device.status),
    ...line(t('report.things'), device.things.join(', ')),
    ...line(t('report.policies'), device.policies.join(', ')),
    ...line(t('report.readAt'), at.toISOString()),
    '',
    `${t('what.activation')}:`,
    ...rungs.map((rung) => {
      const mark = rung.id === ladder.hangsAt ? ' <' : '';
      const when = rung.at === undefined ? '' : ` ${rung.at.toISOString()}`;
      return `- ${t(`ladder.rung.${rung.id}`)}: ${t(`ladder.state.${rung.state}`)}${when}${mark}`;
    }),
    [
      `${t('what.connection')}: ${t(`connection.${connection.state}`)}`,
      connection.at?.toISOString(),
      connection.disconnectReason,
    ]
      .filter(Boolean)
      .join(' '),
    ...findings.flatMap((finding, index) => ['', ...findingLines(finding, index + 1, { t, cause })]),
    ...(unseen.length === 0 ? [] : ['', `${t('what.unseen')}:`]),
    ...unseen.map(
      ({ fact, why, evidence }) =>
        `- ${t(`unseen.${why}`, { fact: t(`fact.${fact}`), call: evidence.source })} ${evidence.at.toISOString()}`,
    ),
    '',
  ].join('\n');
}

function findingLines(finding: Finding, number: number, { t, cause }: Words): string[] {
  const { code, certainty, who, remedy, evidence } = finding;
  return [
    `${number}. ${cause(finding)} [${t(`certainty.${certainty}`)}, ${code}]`,
    ...remedy.map((step) => `   - ${t(`remedy.${step}`)}`),
    `   ${t('what.who')}: ${t(`who.${who}`)}`,
    ...evidence.map((each) => `   ${evidenceWords(t, each)} ${each.at.toISOString()}`),
  ];
}
