/** Storage that speaks the protocol of Amazon S3, as far as recordings use it: paths with the bucket's name, ranges, no list. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestBucket {
  readonly url: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Answers with 503 while true. */
  isDown: boolean;
  close(): Promise<void>;
}

export async function openBucket(): Promise<TestBucket> {
  const objects = new Map<string, Buffer>();
  const bucket = { isDown: false };
  const http = createServer(async (request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'http://bucket').pathname.slice(1));
    const body: Buffer[] = [];
    for await (const part of request) body.push(part);
    const isSigned = /^AWS4-HMAC-SHA256 Credential=/.test(request.headers.authorization ?? '');
    const object = objects.get(name);
    if (bucket.isDown || !isSigned) response.writeHead(bucket.isDown ? 503 : 403).end();
    else if (request.method === 'PUT') {
      objects.set(name, Buffer.concat(body));
      response.writeHead(200, { etag: '"0"' }).end();
    } else if (request.method === 'DELETE') {
      objects.delete(name);
      response.writeHead(204).end();
    } else if (!object) response.writeHead(404).end();
    else {
      const [, from = '0', to = String(object.length - 1)] =
        /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      const part = object.subarray(Number(from), Number(to) + 1);
      response.writeHead(request.headers.range ? 206 : 200, { 'content-length': part.length });
      response.end(request.method === 'HEAD' ? undefined : part);
    }
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return Object.assign(bucket, {
    url: `http://127.0.0.1:${port}`,
    objects,
    close: () => new Promise<void>((resolve) => http.close(() => resolve())),
  });
}
