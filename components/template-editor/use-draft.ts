'use client';

import { useEffect, useRef, useState } from 'react';
import { type EditorText, openText, typeText } from '@/lib/provisioning/document/editor-text';
import { readTemplateDraft, type TemplateDraft, writeTemplateDraft } from './draft-storage';
import type { EditorOpening } from './editor-port';

/** Writing at every key would cost more than the key; what is lost at worst is half a second. */
const WRITE_DELAY_MS = 400;

/**
 * Keeps what is edited in the browser, and gives back what was kept the last time.
 *
 * @param onFound - called once, after the page is there, where there is a draft that differs from what was opened
 */
export function useDraft(
  key: string,
  opened: EditorOpening,
  text: EditorText,
  onFound: (text: EditorText, draft: TemplateDraft) => void,
): { isKept: boolean } {
  const [isKept, setIsKept] = useState(true);
  const readKey = useRef<string | undefined>(undefined);
  const found = useRef(onFound);
  found.current = onFound;

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each key, whatever is typed meanwhile
  useEffect(() => {
    readKey.current = key;
    const draft = readTemplateDraft(window.localStorage, key);
    if (draft === undefined) return;
    const restored = textOf(draft);
    if (restored.body !== text.body || restored.roleArn !== text.roleArn || restored.broken !== undefined) {
      found.current(restored, draft);
    }
  }, [key]);

  useEffect(() => {
    if (readKey.current !== key) return;
    const write = () => setIsKept(keep(key, opened, text));
    const timer = setTimeout(write, WRITE_DELAY_MS);
    // A reload does not wait for the timer.
    window.addEventListener('pagehide', write);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', write);
    };
  }, [key, opened, text]);

  return { isKept };
}

function keep(key: string, opened: EditorOpening, text: EditorText): boolean {
  if (text.broken === undefined && text.body === opened.body && text.roleArn === opened.roleArn) {
    window.localStorage.removeItem(key);
    return true;
  }
  const { body, roleArn, config, broken } = text;
  return writeTemplateDraft(window.localStorage, key, {
    savedAt: new Date().toISOString(),
    opened: { body: opened.body, roleArn: opened.roleArn },
    body,
    roleArn,
    config,
    broken: broken && { view: broken.view, text: broken.text },
  });
}

function textOf({ body, roleArn, config, broken }: TemplateDraft): EditorText {
  const good = typeText(openText({ body, roleArn }), 'config', config);
  const state = good.broken === undefined ? good : openText({ body, roleArn });
  return broken === undefined ? state : typeText(state, broken.view, broken.text);
}
