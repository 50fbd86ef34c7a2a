import { sign } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { sessionVerifier } from '../../functions/platform/who.ts';
import type { SessionDeps } from '../../functions/sessions/deps.ts';
import { newPerson } from '../../functions/sessions/person.ts';
import { personItems } from '../../functions/sessions/person-items.ts';
import type { Person } from '../../shared/contracts/people.ts';
import { refuse } from '../../shared/contracts/refusal.ts';
import { startDynamo, type TestDynamo } from './dynamodb.ts';
import { testSessions } from './session.ts';

const STAGE = 'test';

export interface SessionsDesk extends SessionDeps {
  readonly dynamo: TestDynamo;
  /** What was sent by text message, oldest first. */
  readonly texts: { phone: string; text: string }[];
  /** Codes that WeChat knows, and whose they are. */
  readonly wechatCodes: Map<string, string>;
  /** Codes of WeChat's number button, and the numbers that it has verified. */
  readonly phoneCodes: Map<string, string>;
  readonly verify: ReturnType<typeof sessionVerifier>;
  putPerson(person: Person & { openid?: string }): Promise<void>;
}

/** A real database of its own with an empty sessions table, a real key, and stand-ins for WeChat and text messages. */
export async function aSessionsDesk(): Promise<SessionsDesk> {
  const dynamo = await startDynamo();
  const sessionsTable = await dynamo.createTable('sessions');
  const { publicKey, privateKey } = testSessions(STAGE);
  const texts: { phone: string; text: string }[] = [];
  const wechatCodes = new Map<string, string>();
  const phoneCodes = new Map<string, string>();
  return {
    dynamo,
    db: dynamo.client,
    sessionsTable,
    stage: STAGE,
    signer: async (data) => sign('RSA-SHA256', data, privateKey),
    wechat: async (code) => {
      const openid = wechatCodes.get(code);
      return openid === undefined ? refuse('wechat-code-refused') : { openid };
    },
    wechatPhone: async (code) => {
      const phone = phoneCodes.get(code);
      return phone === undefined ? refuse('wechat-code-refused') : { phone };
    },
    sendText: async (phone, text) => {
      texts.push({ phone, text });
      return true;
    },
    texts,
    wechatCodes,
    phoneCodes,
    verify: sessionVerifier({ publicKey, stage: STAGE }),
    putPerson: async (person) => {
      for (const Item of personItems(newPerson(person))) {
        await dynamo.client.send(new PutCommand({ TableName: sessionsTable, Item }));
      }
    },
  };
}
