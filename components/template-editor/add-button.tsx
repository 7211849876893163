'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';

/** A small button that adds one thing to the drawing. */
export function AddButton({ children, onPress }: { children: string; onPress: () => void }) {
  return (
    <Button
      variant="quiet"
      icon={<Plus aria-hidden />}
      onPress={onPress}
      className="min-h-7! px-1.5! text-xs! text-accent! [&_svg]:size-3.5!"
    >
      {children}
    </Button>
  );
}
