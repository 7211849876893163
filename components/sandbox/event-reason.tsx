'use client';

import { useTranslations } from 'use-intl';
import { StatusBadge } from '@/components/ui/status-badge';
import type { SandboxEvent } from '@/lib/registry/sandbox-activity';
import { isEventKind, toneOf } from './event-kinds';

/** What happened in our words, and the reason in the sandbox's, which are English. */
export function EventReason({ event: { code, message } }: { event: SandboxEvent }) {
  const t = useTranslations('sandbox.kind');
  // A Lambda function's log keeps its lines.
  return (
    <div className="flex min-w-0 flex-col gap-0.5 py-0.5 font-normal">
      <StatusBadge tone={toneOf(code)}>{isEventKind(code) ? t(code) : code.replaceAll('-', ' ')}</StatusBadge>
      <p
        lang="en"
        className="max-w-prose text-sm text-pretty wrap-anywhere whitespace-pre-line text-ink-muted"
      >
        {message}
      </p>
    </div>
  );
}
