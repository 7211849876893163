'use client';

import { memo, type RefObject, useEffect, useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { isWithin } from './written-path';

export type GraphEdge = { from: string; to: string };

type Line = GraphEdge & { d: string; endX: number; endY: number };
const NOTHING: readonly Line[] = [];

type GraphEdgesProps = {
  /** What the cards stand in, positioned. */
  frame: RefObject<HTMLDivElement | null>;
  edges: readonly GraphEdge[];
  /** The parameter or place that is pointed at: its lines stand out. */
  active: string | undefined;
};

/**
 * The lines of the graph: from a field of the certificate to the property that it fills. They are measured after the cards
 * are laid out, and left out where the cards stand below one another; the fields say the same in words.
 */
export const GraphEdges = memo(function GraphEdges({ frame, edges, active }: GraphEdgesProps) {
  const [lines, setLines] = useState(NOTHING);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let wanted = 0;
    const draw = () => setLines((before) => unlessSame(before, measure(element, edges)));
    const request = () => {
      cancelAnimationFrame(wanted);
      wanted = requestAnimationFrame(draw);
    };
    const observer = new ResizeObserver(request);
    observer.observe(element);
    for (const card of element.querySelectorAll('[data-node]')) observer.observe(card);
    request();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(wanted);
    };
  }, [frame, edges]);
  return (
    // As large as the frame at every moment: with the measured size, a page that became narrow would scroll until the next look.
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-hidden">
      {lines.map(({ from, to, d, endX, endY }) => {
        const isActive = active !== undefined && (from === active || isWithin(to, active));
        return (
          <g
            key={`${from} ${to}`}
            className={classNames(
              'transition-colors',
              isActive ? 'fill-accent stroke-accent' : 'fill-line-strong stroke-line-strong',
            )}
          >
            <path d={d} fill="none" strokeWidth={isActive ? 2 : 1.25} />
            <circle cx={endX} cy={endY} r={2.5} stroke="none" />
          </g>
        );
      })}
    </svg>
  );
});

function measure(frame: HTMLElement, edges: readonly GraphEdge[]): Line[] {
  const origin = frame.getBoundingClientRect();
  const boxes = (attribute: string) =>
    [...frame.querySelectorAll<HTMLElement>(`[${attribute}]`)].map((element) => ({
      name: element.getAttribute(attribute) ?? '',
      box: element.getBoundingClientRect(),
    }));
  const outs = new Map(boxes('data-port-out').map(({ name, box }) => [name, box]));
  const ins = boxes('data-port-in');
  return edges.flatMap(({ from, to }): Line[] => {
    const start = outs.get(from);
    const end = ins.filter(({ name }) => isWithin(to, name)).at(-1)?.box;
    if (start === undefined || end === undefined || end.height === 0 || end.left < start.right) return [];
    const x1 = start.right - origin.left;
    const y1 = start.top + Math.min(start.height / 2, 22) - origin.top;
    const x2 = end.left - origin.left;
    const y2 = end.top + Math.min(end.height / 2, 16) - origin.top;
    const bend = Math.max((x2 - x1) / 2, 16);
    const d = `M ${x1} ${y1} C ${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    return [{ from, to, d, endX: x2, endY: y2 }];
  });
}

const unlessSame = (before: readonly Line[], after: readonly Line[]): readonly Line[] =>
  JSON.stringify(before) === JSON.stringify(after) ? before : after;
