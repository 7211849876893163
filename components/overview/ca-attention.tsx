import Link from 'next/link';
import { caHref } from '@/components/registry/hrefs';
import { LifeBar } from '@/components/ui/life-bar';

export type EndingCa = { caId: string; name: string; notBefore: string; notAfter: string };

type CaAttentionProps = { title: string; environment: string; cas: readonly EndingCa[] };

/** The CAs in the last fifth of their life, or past it: no device can be issued beyond it. */
export function CaAttention({ title, environment, cas }: CaAttentionProps) {
  if (cas.length === 0) return null;
  return (
    <div className="mt-4 border-t border-line pt-3">
      <h3 className="text-sm font-medium">{title}</h3>
      <ul className="mt-1.5 flex flex-col gap-2">
        {cas.map(({ caId, name, notBefore, notAfter }) => (
          <li key={caId} className="grid items-center gap-x-4 gap-y-1 text-sm sm:grid-cols-2">
            <Link href={caHref(environment, caId)} className="link justify-self-start wrap-anywhere">
              {name}
            </Link>
            <LifeBar from={notBefore} to={notAfter} />
          </li>
        ))}
      </ul>
    </div>
  );
}
