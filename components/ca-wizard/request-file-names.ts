import { fileStem } from './ca-facts';
import type { CaForm } from './wizard-draft';

export type RequestFileNames = { csr: string; key: string; certificate: string };

/** There is no certificate yet, and so no id to tell two requests of one name apart: the browser numbers the files. */
export function requestFileNames({ commonName, organization }: CaForm['subject']): RequestFileNames {
  const stem = fileStem(commonName || organization);
  return { csr: `${stem}.csr`, key: `${stem}.key.pem`, certificate: `${stem}.pem` };
}
