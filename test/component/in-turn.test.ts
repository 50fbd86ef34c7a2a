import { expect, it } from 'vitest';
import { inTurn } from '../../miniprogram/src/services/in-turn.ts';
import type { Transport } from '../../miniprogram/src/services/transport.ts';

const request = (n: number) => ({ method: 'GET', url: `/${n}`, headers: {} }) as Parameters<Transport>[0];

/** A transport whose requests end when the test says so. */
function held() {
  const open: { url: string; end: () => void; fail: () => void }[] = [];
  const transport: Transport = ({ url }) =>
    new Promise((resolve, reject) => {
      open.push({
        url,
        end: () => resolve({ status: 200, text: '', header: () => undefined }),
        fail: () => reject(new Error(url)),
      });
    });
  return { open, transport };
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

it('eight requests are on their way at most, the others follow one by one in their order', async () => {
  const { open, transport } = held();
  const send = inTurn(transport);
  const all = Array.from({ length: 20 }, (_, n) => send(request(n)));
  await soon();
  expect(open.map(({ url }) => url)).toEqual(Array.from({ length: 8 }, (_, n) => `/${n}`));
  for (let n = 0; n < 20; n++) {
    open[n]?.end();
    await soon();
    expect(open).toHaveLength(Math.min(20, n + 9));
  }
  await Promise.all(all);
  expect(open.map(({ url }) => url)).toEqual(Array.from({ length: 20 }, (_, n) => `/${n}`));
});

it('a request that fails gives its place to the next', async () => {
  const { open, transport } = held();
  const send = inTurn(transport, 1);
  const first = send(request(0)).catch(() => 'failed');
  const second = send(request(1));
  await soon();
  open[0]?.fail();
  expect(await first).toBe('failed');
  await soon();
  open[1]?.end();
  expect((await second).status).toBe(200);
  const third = send(request(2));
  await soon();
  open[2]?.end();
  await third;
});
