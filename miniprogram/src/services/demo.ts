import Taro from '@tarojs/taro';

/** Somebody to sign in as on this machine's local cloud (`GET /dev/info`). Not there in the cloud. */
export interface DemoPerson {
  readonly name: string;
  readonly role: string;
  /** In words: whom or where they belong to. */
  readonly boundTo: string;
  readonly wechatCode?: string;
  readonly phone?: string;
}

async function readJson(url: string): Promise<Record<string, unknown> | undefined> {
  try {
    const answer = await Taro.request({ url, method: 'GET', dataType: 'json' });
    return answer.statusCode === 200 && typeof answer.data === 'object' && answer.data !== null
      ? (answer.data as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export async function demoPeople(): Promise<readonly DemoPerson[]> {
  const people = (await readJson('/dev/info'))?.people;
  return Array.isArray(people) ? (people as DemoPerson[]) : [];
}

/** The one-time code last sent to a phone, out of the messages that the local cloud keeps instead of sending. */
export async function demoOneTimeCode(phone: string): Promise<string | undefined> {
  const messages = (await readJson('/dev/messages'))?.messages;
  if (!Array.isArray(messages)) return undefined;
  const sent = (messages as { phone: string; text: string }[]).find((message) => message.phone === phone);
  return sent?.text.match(/\d{6}/)?.[0];
}
