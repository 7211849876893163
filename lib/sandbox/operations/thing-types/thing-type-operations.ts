import type { Operations } from '@/lib/sandbox/operations/operation';
import { deleteThingType, deprecateThingType } from './retire-thing-type';
import * as types from './thing-types';

export const thingTypeOperations = {
  CreateThingType: types.createThingType,
  DescribeThingType: types.describeThingType,
  ListThingTypes: types.listThingTypes,
  UpdateThingType: types.updateThingType,
  DeprecateThingType: deprecateThingType,
  DeleteThingType: deleteThingType,
} satisfies Operations;
