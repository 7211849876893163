import { ForbiddenMessage } from '@/components/shell/forbidden-message';

// biome-ignore lint/style/noDefaultExport: Next asks for it in this file
export default function Forbidden() {
  return (
    <main>
      <ForbiddenMessage />
    </main>
  );
}
