'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Select } from '@/components/ui/select';
import type { Profile } from '@/lib/batch/profile';
import { profilesHref } from './profiles-href';

const NONE = 'none';

type ProfileChoiceProps = {
  environment: string;
  profiles: readonly Profile[];
  chosen: Profile | undefined;
  onChange: (profile: Profile | undefined) => void;
};

/** Applies a profile to what is issued; nothing is shown where there is none. */
export function ProfileChoice({ environment, profiles, chosen, onChange }: ProfileChoiceProps) {
  const t = useTranslations('profiles');
  if (profiles.length === 0) return null;
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <div className="min-w-64">
        <Select
          label={t('choose')}
          value={chosen?.id ?? NONE}
          onChange={(id) => onChange(profiles.find((profile) => profile.id === id))}
          options={[
            { value: NONE, label: t('choiceNone') },
            ...profiles.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <Link href={profilesHref(environment)} className="link pb-1.5 text-sm">
        {t('title')}
      </Link>
    </div>
  );
}
