import { CREDENTIALS } from './clients.ts';
import { REGION } from './template.ts';

/** A record as DynamoDB Streams sends it, which is as a function receives it but for the stream's ARN. */
export interface StreamRecord {
  dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number };
}

interface Shard {
  ShardId: string;
}

const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260101/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

/** Reads streams by their bare protocol. The SDK would take every record apart only for us to put it together again. */
export class Streams {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  async #call<T>(operation: string, body: object): Promise<T> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: {
        authorization: AUTHORIZATION,
        'x-amz-date': '20260101T000000Z',
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${operation}: ${text}`);
    return JSON.parse(text) as T;
  }

  /** The engines keep one open shard for ever; its "ending sequence number" does not mean that it is closed. */
  async #shard(StreamArn: string): Promise<Shard | undefined> {
    const answer = await this.#call<{ StreamDescription: { Shards?: Shard[] } }>('DescribeStream', { StreamArn });
    return answer.StreamDescription.Shards?.at(-1);
  }

  /** Where to read from: after a sequence number, or from the start. Nothing while the stream has no shard. */
  async iterator(StreamArn: string, after: string | undefined): Promise<string | undefined> {
    const ShardId = (await this.#shard(StreamArn))?.ShardId;
    if (ShardId === undefined) return undefined;
    const from =
      after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
    const answer = await this.#call<{ ShardIterator: string }>('GetShardIterator', { StreamArn, ShardId, ...from });
    return answer.ShardIterator;
  }

  async records(ShardIterator: string): Promise<{ records: StreamRecord[]; next: string | undefined }> {
    const answer = await this.#call<{ Records?: StreamRecord[]; NextShardIterator?: string }>('GetRecords', {
      ShardIterator,
      Limit: 1000,
    });
    return { records: answer.Records ?? [], next: answer.NextShardIterator };
  }
}
