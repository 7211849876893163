/**
 * The requests of the benchmark, as the text that goes over the wire: signed as far as the sandbox looks at it.
 * @module
 */
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/iot/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;

export function requestText(method: string, target: string, body = ''): string {
  const head = [
    `${method} ${target} HTTP/1.1`,
    'host: 127.0.0.1',
    'x-amz-user-agent: aws-sdk-js/3.0.0',
    'x-amz-date: 20260101T000000Z',
    `authorization: ${AUTHORIZATION}`,
    ...(method === 'GET' ? [] : ['content-type: application/json', `content-length: ${body.length}`]),
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** The same by `fetch`, for what is not measured. */
export async function call(api: string, method: string, target: string, body?: object): Promise<Response> {
  const answer = await fetch(`${api}${target}`, {
    method,
    headers: { authorization: AUTHORIZATION },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`);
  return answer;
}
