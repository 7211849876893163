'use client';

import { useMemo } from 'react';
import type { VisualTemplate } from '@/lib/provisioning/document/visual-template';
import type { GraphEdge } from './graph-edges';
import { useKeptSame } from './use-kept-same';

/** The lines of the graph, and the names that lines come from although no parameter has them. */
export function useGraphEdges(visual: VisualTemplate): { edges: GraphEdge[]; undeclared: string[] } {
  const fresh = useMemo(() => {
    const declared = new Set(visual.parameters.map(({ name }) => name));
    const undeclared = new Set(
      visual.edges.map(({ parameter }) => parameter).filter((name) => !declared.has(name)),
    );
    return {
      edges: visual.edges.map(({ parameter, path }) => ({ from: parameter, to: path })),
      undeclared: [...undeclared],
    };
  }, [visual]);
  return useKeptSame(fresh);
}
