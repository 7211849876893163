'use client';

import { useTranslations } from 'use-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { PEM_BYTES_MAX } from '@/lib/pki/pem';
import { CaFaultsNotice } from './ca-faults-notice';
import { CERTIFICATE_EXTENSIONS } from './dropped-files';
import type { useBroughtFiles } from './use-brought-files';

type CertificateDropProps = {
  /** Takes the focus when it is at fault. */
  field: string;
  label: string;
  help: string;
  files: ReturnType<typeof useBroughtFiles>;
  errors: readonly string[];
};

/** Takes the certificate of a CA, with what is dropped beside it, and says what is wrong with the files. */
export function CertificateDrop({ field, label, help, files, errors }: CertificateDropProps) {
  // What is wrong with the file says more than that there is none.
  const isSaid = files.sentences.length > 0 || files.caFaults.length > 0 || files.container !== undefined;
  return (
    <div data-field={field} className="flex flex-col gap-3">
      <FileDrop
        label={label}
        help={help}
        bytesMax={PEM_BYTES_MAX}
        extensions={CERTIFICATE_EXTENSIONS}
        allowsMultiple
        onContents={files.take}
        errors={isSaid ? files.sentences : errors}
      />
      <CaFaultsNotice faults={files.caFaults} />
      {files.container === undefined ? null : <ContainerNotice container={files.container} />}
    </div>
  );
}

/** What a browser cannot take apart, and the command that does. */
function ContainerNotice({ container: { what, command } }: { container: { what: string; command: string } }) {
  const t = useTranslations('wizard');
  return (
    <Notice tone="danger" role="alert" title={t('fileFault.key-format-unsupported', { what })}>
      <p>{t('keyFile.convert')}</p>
      <CodeBlock label={t('keyFile.command')} code={command} wraps />
    </Notice>
  );
}
