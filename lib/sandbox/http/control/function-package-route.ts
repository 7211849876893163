import { LambdaTables } from '@/lib/sandbox/lambda/lambda-tables';
import { CONTROL_PREFIX, type ControlHandler, json } from './control-route';

/** Region and name of a function, below the prefix. */
export const FUNCTION_PACKAGE = /^functions\/([a-z0-9-]{1,32})\/([a-zA-Z0-9-_]{1,64})\.zip$/;

/** `GET /_sandbox/functions/REGION/NAME.zip`: a function's package, for which AWS's GetFunction has a URL of S3. */
export const getFunctionPackage: ControlHandler = ({ state }, { path }) => {
  const [, regionName, functionName = ''] = FUNCTION_PACKAGE.exec(path.slice(CONTROL_PREFIX.length)) ?? [];
  const region = [...state.regions()].find(({ name }) => name === regionName);
  const found = region?.family(LambdaTables).packages.get(functionName);
  if (found === undefined) return json(404, { message: `There is no function ${functionName} here` });
  return {
    status: 200,
    headers: { 'content-type': 'application/zip' },
    body: Buffer.from(found.zipBase64, 'base64'),
  };
};
