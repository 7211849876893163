/** For the file picker; what is dropped is judged by its content. */
export const CERTIFICATE_EXTENSIONS = ['.pem', '.crt', '.cer', '.der', '.key'] as const;
export const KEY_EXTENSIONS = ['.pem', '.key', '.der', '.p8'] as const;
