'use server';

import { defineAction } from '@/lib/actions/define-action';
import { searchDevices } from '@/lib/devices/search';
import { NO_GIVEN } from '@/lib/diagnosis/look-up';
import { ok } from '@/lib/result';
import { lookUpInput } from './look-up-input';

/** Looks up which device is meant and, where it is one, says why it is not active. Reads only. */
export const lookUpDevice = defineAction({
  name: 'device.look-up',
  permission: 'device:read',
  input: lookUpInput,
  async run({ certificatePem, given, ...input }, { environment, now }) {
    return ok(
      await searchDevices(
        environment,
        { ...input, certificatePem, given: given && { ...NO_GIVEN, ...given } },
        now,
      ),
    );
  },
});
