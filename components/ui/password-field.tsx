'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import { TextField } from './text-field';

/**
 * A password or passphrase that can be looked at. `autoComplete` decides what password managers do:
 * `current-password`, `new-password`, or `off` for the passphrase of a key.
 */
export function PasswordField(
  props: Omit<ComponentProps<typeof TextField>, 'type' | 'suffix' | 'isMonospace'>,
) {
  const t = useTranslations('ui');
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <TextField
      {...props}
      type={isShown ? 'text' : 'password'}
      isMonospace={isShown}
      suffix={
        <Button
          aria-label={t(isShown ? 'hideOf' : 'showOf', { label: props.label })}
          onPress={() => setShown(!isShown)}
          icon={<Icon aria-hidden />}
        >
          {t(isShown ? 'hide' : 'show')}
        </Button>
      }
    />
  );
}
