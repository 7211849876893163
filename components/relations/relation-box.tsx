'use client';

import {
  Boxes,
  CircleHelp,
  FileBadge,
  FileCode,
  Group,
  IdCard,
  type LucideIcon,
  Shield,
  ShieldCheck,
} from 'lucide-react';
import Link from 'next/link';
import type { Ref } from 'react';
import { classNames } from '@/components/ui/class-names';
import type { RelationKind } from '@/lib/registry/relations';
import { NODE_HEIGHT_PX, NODE_WIDTH_PX, type PlacedNode } from './layout';
import { type LinkedNode, useRelationWords } from './relation-words';

const ICONS: Record<RelationKind, LucideIcon> = {
  role: IdCard,
  template: FileCode,
  ca: ShieldCheck,
  certificate: FileBadge,
  thing: Boxes,
  policy: Shield,
  group: Group,
  other: CircleHelp,
};

type RelationBoxProps = {
  node: PlacedNode<LinkedNode>;
  isSubject: boolean;
  /** The picture's one stop for the Tab key. */
  isCurrent: boolean;
  onFocus: () => void;
  ref: Ref<HTMLAnchorElement & HTMLSpanElement>;
};

/** One node: its kind, its name as far as it fits, its status; a link where it has a page of its own. */
export function RelationBox({ node, isSubject, isCurrent, onFocus, ref }: RelationBoxProps) {
  const wordsOf = useRelationWords();
  const { kind, short, full, status } = wordsOf(node);
  const Icon = ICONS[node.kind];
  const props = {
    title: node.name || full,
    'aria-label': [kind, full, status].filter(Boolean).join(', '),
    tabIndex: isCurrent ? 0 : -1,
    onFocus,
    className: classNames(
      'absolute flex flex-col justify-center gap-0.5 rounded-md border bg-surface px-2.5 text-xs outline-offset-2',
      isSubject ? 'border-2 border-accent' : 'border-line-strong',
      node.href !== undefined && 'hover:bg-sunken',
    ),
    style: { left: node.x, top: node.y, width: NODE_WIDTH_PX, height: NODE_HEIGHT_PX },
  };
  const content = (
    <>
      <span className="flex items-center gap-1.5 text-ink-muted">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{kind}</span>
      </span>
      <span className={classNames('truncate font-mono', isSubject && 'font-semibold')}>{short}</span>
      {status === undefined ? null : <span className="truncate">{status}</span>}
    </>
  );
  return node.href === undefined ? (
    <span {...props} ref={ref} role="img">
      {content}
    </span>
  ) : (
    <Link
      {...props}
      ref={ref}
      href={node.href}
      prefetch={false}
      aria-current={isSubject ? 'true' : undefined}
    >
      {content}
    </Link>
  );
}
