'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { RelationEdge } from '@/lib/registry/relations';
import {
  type Direction,
  layOut,
  NODE_HEIGHT_PX,
  NODE_WIDTH_PX,
  neighbourOf,
  type PlacedNode,
} from './layout';
import { RelationBox } from './relation-box';
import type { LinkedNode } from './relation-words';

type RelationPictureProps = {
  nodes: readonly LinkedNode[];
  edges: readonly RelationEdge[];
  /** The one that the page is about. */
  subjectId: string;
};

const DIRECTIONS: Readonly<Partial<Record<string, Direction>>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** One stop for the Tab key; within it the arrow keys follow the lines, and Enter opens. */
export function RelationPicture({ nodes, edges, subjectId }: RelationPictureProps) {
  const t = useTranslations('relations');
  const boxes = useRef(new Map<string, HTMLElement>());
  const picture = layOut(nodes, edges);
  const first = picture.nodes.find(({ id }) => id === subjectId) ?? picture.nodes[0];
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const current = picture.nodes.some(({ id }) => id === chosen) ? chosen : first?.id;

  // On a narrow screen the picture begins elsewhere than with what the page is about.
  useEffect(() => {
    boxes.current.get(subjectId)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [subjectId]);

  function follow(event: KeyboardEvent) {
    const direction = DIRECTIONS[event.key];
    if (direction === undefined || current === undefined || event.altKey || event.ctrlKey || event.metaKey)
      return;
    event.preventDefault();
    const next = neighbourOf(picture, edges, current, direction);
    if (next === undefined) return;
    setChosen(next);
    boxes.current.get(next)?.focus();
  }

  const places = new Map(picture.nodes.map((node) => [node.id, node]));
  return (
    <div className="p-4">
      <div className="overflow-x-auto p-1">
        <fieldset
          aria-label={t('picture')}
          aria-describedby="relations-keys"
          onKeyDown={follow}
          className="relative"
          style={{ width: picture.width, height: picture.height }}
        >
          <svg
            aria-hidden
            width={picture.width}
            height={picture.height}
            className="absolute inset-0 text-line-strong"
          >
            {edges.map(({ from, to }) => {
              const [left, right] = [places.get(from), places.get(to)];
              return left === undefined || right === undefined ? null : (
                <path
                  key={`${from} ${to}`}
                  d={curve(left, right)}
                  fill="none"
                  stroke="currentColor"
                  strokeWidth={from === current || to === current ? 2.5 : 1.25}
                  className={from === current || to === current ? 'text-accent' : undefined}
                />
              );
            })}
          </svg>
          {picture.nodes.map((node) => (
            <RelationBox
              key={node.id}
              node={node}
              isSubject={node.id === subjectId}
              isCurrent={node.id === current}
              onFocus={() => setChosen(node.id)}
              ref={(element: HTMLElement | null) => {
                if (element === null) boxes.current.delete(node.id);
                else boxes.current.set(node.id, element);
              }}
            />
          ))}
        </fieldset>
      </div>
      <p id="relations-keys" className="mt-3 text-xs text-ink-muted">
        {t('keys')}
      </p>
    </div>
  );
}

/** From the right edge of one to the left edge of the other; within a column around its right side. */
function curve(left: PlacedNode, right: PlacedNode): string {
  const [y1, y2] = [left.y + NODE_HEIGHT_PX / 2, right.y + NODE_HEIGHT_PX / 2];
  const x1 = left.x + NODE_WIDTH_PX;
  const x2 = left.column < right.column ? right.x : right.x + NODE_WIDTH_PX;
  const bend = left.column === right.column ? 32 : (x2 - x1) / 2;
  const c2 = left.column < right.column ? x2 - bend : x2 + Math.abs(bend);
  return `M ${x1} ${y1} C ${x1 + Math.abs(bend)} ${y1}, ${c2} ${y2}, ${x2} ${y2}`;
}
