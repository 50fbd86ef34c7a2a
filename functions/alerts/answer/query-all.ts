import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';

/** All items of a query, page by page. */
export async function queryAll(
  db: DynamoDBDocumentClient,
  input: Parameters<typeof paginateQuery>[1],
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateQuery({ client: db }, input)) items.push(...(page.Items ?? []));
  return items;
}
