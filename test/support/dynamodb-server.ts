import { shareDynamoDbLocal } from './dynamodb.ts';

let stop: (() => Promise<void>) | undefined;

/** Before the store tests of a run, where DynamoDB Local is asked for: starts the one that they share. */
export async function setup(): Promise<void> {
  stop = await shareDynamoDbLocal();
}

export const teardown = async (): Promise<void> => stop?.();
