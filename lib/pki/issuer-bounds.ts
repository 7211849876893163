/** Root, policy CA, site, line: deeper hierarchies are not met, and each certificate weighs on every handshake. Our choice. */
export const ISSUERS_MAX = 6;
