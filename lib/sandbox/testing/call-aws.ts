const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-2/${service}/aws4_request, SignedHeaders=host, Signature=0`;
const DATA_PLANE = /^\/(?:topics|retainedMessage|things\/[^/]+\/shadow)/;

/**
 * One call of AWS IoT, of its data plane where the path is one of that, in us-east-2.
 *
 * @throws when the sandbox is gone, or refuses
 */
export async function callAws(api: string, method: string, target: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${api}${target}`, {
    method,
    headers: { authorization: authorization(DATA_PLANE.test(target) ? 'iotdata' : 'iot') },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
