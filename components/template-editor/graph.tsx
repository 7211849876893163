'use client';

import { Puzzle } from 'lucide-react';
import { type FocusEvent, memo, type PointerEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Menu } from '@/components/ui/menu';
import { CERTIFICATE_PARAMETER_NAMES } from '@/lib/provisioning/certificate-parameters';
import type { DocumentSizes } from '@/lib/provisioning/document/template-document';
import { addResource, setParameter } from '@/lib/provisioning/document/template-edits';
import type { VisualTemplate } from '@/lib/provisioning/document/visual-template';
import { AddButton } from './add-button';
import { CertificateNode } from './certificate-node';
import { useWorkplace } from './editor-context';
import { FindingMark } from './finding-mark';
import { GraphColumn } from './graph-column';
import { GraphEdges } from './graph-edges';
import { KeptParts, NodeCard } from './node-card';
import { ParameterNode } from './parameter-node';
import { PolicyNode } from './policy-node';
import type { DocumentStart } from './start-text';
import { ThingNode } from './thing-node';
import { UndeclaredParameters } from './undeclared-parameters';
import { useGraphEdges } from './use-graph-edges';
import { useParameterWords } from './use-parameter-words';

type GraphProps = {
  visual: VisualTemplate;
  sizes: DocumentSizes['policies'];
  openPolicy: string | undefined;
  onOpenPolicy: (logicalId: string | undefined) => void;
  documentFor: (start: DocumentStart) => string;
};

/** The template as a graph: fields of the certificate, what AWS makes of them, what the device may do then. */
export const Graph = memo(function Graph({
  visual,
  sizes,
  openPolicy,
  onOpenPolicy,
  documentFor,
}: GraphProps) {
  const t = useTranslations('editor.graph');
  const words = useParameterWords();
  const { edit, isReadOnly } = useWorkplace();
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | undefined>(undefined);
  const { edges, undeclared } = useGraphEdges(visual);
  const point = ({ target }: PointerEvent | FocusEvent) => {
    const place = target instanceof Element ? target.closest('[data-port-out],[data-port-in]') : null;
    setActive(place?.getAttribute('data-port-out') ?? place?.getAttribute('data-port-in') ?? undefined);
  };

  const things = visual.resources.filter((resource) => resource.kind === 'thing');
  const certificates = visual.resources.filter((resource) => resource.kind === 'certificate');
  const policies = visual.resources.filter((resource) => resource.kind === 'policy');
  const others = visual.resources.filter((resource) => resource.kind === 'other');
  const missing = CERTIFICATE_PARAMETER_NAMES.filter(
    (name) => !visual.parameters.some((parameter) => parameter.name === name),
  );
  const sizeOf = (logicalId: string) => sizes.find((size) => size.logicalId === logicalId);
  const add = (kind: 'thing' | 'certificate' | 'policy') =>
    edit((template) => addResource(template, kind).edits);

  return (
    <div className="@container">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: pointing only makes lines stand out */}
      <div
        ref={frame}
        onPointerOver={point}
        onPointerLeave={() => setActive(undefined)}
        onFocus={point}
        className="relative grid grid-cols-1 gap-x-14 gap-y-5 @2xl:grid-cols-[minmax(10rem,13rem)_minmax(0,1fr)] @5xl:grid-cols-[minmax(10rem,13rem)_minmax(0,1fr)_minmax(0,1.1fr)]"
      >
        <GraphEdges frame={frame} edges={edges} active={active} />
        <GraphColumn
          title={t('parameters')}
          className="@2xl:row-span-2 @5xl:row-span-1"
          action={
            isReadOnly || missing.length === 0 ? undefined : (
              <Menu
                label={t('addParameter')}
                entries={missing.map((name) => ({ id: name, label: words(name), description: name }))}
                onAction={(name) => edit((template) => setParameter(template, name))}
                className="min-h-7! px-1.5! text-xs! text-accent!"
              />
            )
          }
        >
          <FindingMark path="$.Parameters" isExact />
          {visual.parameters.length === 0 && undeclared.length === 0 ? (
            <p className="text-xs text-ink-muted">{t('noParameters')}</p>
          ) : null}
          <ul className="flex flex-col gap-2.5">
            {visual.parameters.map((parameter) => (
              <ParameterNode key={parameter.name} parameter={parameter} />
            ))}
            <UndeclaredParameters names={undeclared} />
          </ul>
        </GraphColumn>

        <GraphColumn
          title={t('resources')}
          action={
            isReadOnly ? undefined : (
              <>
                {things.length === 0 ? (
                  <AddButton onPress={() => add('thing')}>{t('addThing')}</AddButton>
                ) : null}
                {certificates.length === 0 ? (
                  <AddButton onPress={() => add('certificate')}>{t('addCertificate')}</AddButton>
                ) : null}
              </>
            )
          }
        >
          <FindingMark path="$.Resources" isExact />
          {things.map((thing) => (
            <ThingNode key={thing.logicalId} thing={thing} />
          ))}
          {things.length > 0 && certificates.length > 0 ? <Link>{t('attachedToThing')}</Link> : null}
          {certificates.map((certificate) => (
            <CertificateNode key={certificate.logicalId} certificate={certificate} />
          ))}
          {others.map((other) => (
            <NodeCard key={other.logicalId} resource={other} icon={Puzzle} kind={t('other')}>
              <p className="px-3 text-xs">
                {t('otherType')} <code>{other.type}</code>
              </p>
            </NodeCard>
          ))}
          {visual.kept.length === 0 ? null : (
            <section
              aria-label={t('kept')}
              className="rounded-lg border border-dashed border-line-strong py-2"
            >
              <p className="px-3 text-xs">{t('keptHelp')}</p>
              <KeptParts parts={visual.kept} />
              {visual.kept.map(({ path }) => (
                <FindingMark key={path} path={path} className="px-3" />
              ))}
            </section>
          )}
        </GraphColumn>

        <GraphColumn
          title={t('policies')}
          className="@2xl:col-start-2 @5xl:col-start-3"
          action={
            isReadOnly ? undefined : <AddButton onPress={() => add('policy')}>{t('addPolicy')}</AddButton>
          }
        >
          {policies.length > 0 && certificates.length > 0 ? <Link>{t('attachedToCertificate')}</Link> : null}
          {policies.length === 0 ? <p className="text-xs text-ink-muted">{t('noPolicies')}</p> : null}
          {policies.map((policy) => (
            <PolicyNode
              key={policy.logicalId}
              policy={policy}
              size={sizeOf(policy.logicalId)}
              isOpen={openPolicy === policy.logicalId}
              onOpen={onOpenPolicy}
              documentFor={documentFor}
            />
          ))}
        </GraphColumn>
      </div>
    </div>
  );
});

/** What AWS ties together, between the cards that it ties. */
function Link({ children }: { children: string }) {
  return (
    <p className="relative -my-1 pl-6 text-xs text-ink-muted before:absolute before:-inset-y-2 before:left-3 before:border-l before:border-line-strong">
      {children}
    </p>
  );
}
