/** Recordings in a bucket that speaks the protocol of Amazon S3. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { RecordingFiles } from './recording-files.ts';

export interface RecordingBucket {
  readonly bucket: string;
  readonly region: string;
  /** Undefined: Amazon's own. */
  readonly endpoint: string | undefined;
}

export interface FilesInS3 extends RecordingFiles {
  /** Copies a file of the disk, replacing what has the name. */
  upload(name: string, path: string): Promise<void>;
  close(): void;
}

/** Credentials come the ways of every Amazon tool: environment, shared files, the machine's role. */
export function filesInS3({ bucket, region, endpoint }: RecordingBucket): FilesInS3 {
  const client = new S3Client({
    region,
    // Other makers of such storage have no host name for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    // Those know no checksums of Amazon's newer kinds either; TLS and our own hash guard the content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    storage: 's3',
    async size(name) {
      try {
        const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: name }));
        return ContentLength;
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
        throw error;
      }
    },
    async read(name, from, to) {
      const command = new GetObjectCommand({ Bucket: bucket, Key: name, Range: `bytes=${from}-${to - 1}` });
      const { Body } = await client.send(command);
      return Body ? Body.transformToByteArray() : new Uint8Array(0);
    },
    async remove(name) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: name }));
    },
    async upload(name, path) {
      const { size } = await stat(path);
      const command = { Bucket: bucket, Key: name, Body: createReadStream(path), ContentLength: size };
      await client.send(new PutObjectCommand(command));
    },
    close: () => client.destroy(),
  };
}
