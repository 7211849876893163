import type { Operations } from '@/lib/sandbox/operations/operation';
import { listThings } from './list-things';
import * as principals from './thing-principals';
import * as things from './things';

export const thingOperations = {
  CreateThing: things.createThing,
  DescribeThing: things.describeThing,
  ListThings: listThings,
  UpdateThing: things.updateThing,
  DeleteThing: things.deleteThing,
  AttachThingPrincipal: principals.attachThingPrincipal,
  DetachThingPrincipal: principals.detachThingPrincipal,
  ListThingPrincipals: principals.listThingPrincipals,
  ListThingPrincipalsV2: principals.listThingPrincipalsV2,
  ListPrincipalThings: principals.listPrincipalThings,
  ListPrincipalThingsV2: principals.listPrincipalThingsV2,
} satisfies Operations;
