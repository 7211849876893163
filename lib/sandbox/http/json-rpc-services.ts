import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { cloudtrailOperations } from '@/lib/sandbox/cloudtrail/cloudtrail-operations';
import { JsonRpcService } from './json-rpc-service';

export const cloudtrailService = new JsonRpcService({ ...cloudtrail }, cloudtrailOperations);
