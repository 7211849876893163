/** The root certificate by which a device knows that it talks to AWS (or to the sandbox). */
export type ServerTrust = {
  /** One or more certificates, PEM. */
  pem: string;
  /** The first one's subject, one line, e.g. `CN=Amazon Root CA 1, O=Amazon, C=US`. */
  subject: string;
};
