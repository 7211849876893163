import type { Pkcs12Mac } from './pkcs12';

/** What a bundle can hold of one device; PEM of key, certificate and chain is what AWS's own examples use. */
export const DEVICE_FORMATS = [
  'pem',
  'encrypted-key',
  'pkcs12',
  'pkcs7',
  'der',
  'c-header',
  'zephyr',
  'esp-idf-nvs',
  'device-client',
] as const;
export type DeviceFormat = (typeof DEVICE_FORMATS)[number];

/** Those that hold the key in the clear; a passphrase would promise what they do not keep. */
export const PLAIN_KEY_FORMATS: readonly DeviceFormat[] = [
  'pem',
  'der',
  'c-header',
  'zephyr',
  'esp-idf-nvs',
  'device-client',
];
export const PASSPHRASE_FORMATS: readonly DeviceFormat[] = ['encrypted-key', 'pkcs12'];

/** Those that make sense without a key, for devices that keep their own. */
export const KEYLESS_FORMATS: readonly DeviceFormat[] = ['pem', 'pkcs7', 'der'];

/** How the files of a device are made; kept in a profile. */
export type FormatChoice = {
  formats: readonly DeviceFormat[];
  pkcs12Mac: Pkcs12Mac;
  /** Where AWS IoT Device Client finds the files on the device. */
  deviceClientDirectory: string;
};
