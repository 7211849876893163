/**
 * The one door to pkijs and its ASN.1 library, used for private-key containers (PKCS#8) only. Objects of this asn1js never
 * meet those of @peculiar/x509, which brings a copy of its own: what passes between them is DER.
 * @module
 */
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

export { asn1js, pkijs };
