import { expect, it } from 'vitest';
import { clock } from '../../miniprogram/src/services/clock.ts';
import { pruneSeen, readSeen, seenKey, writeSeen } from '../../miniprogram/src/services/seen.ts';
import { storage } from '../../miniprogram/src/services/storage.ts';
import { DAUGHTER_ID, NOW } from './support/sample.ts';
import { stage } from './support/taro.ts';

const key = (elderId: string) => seenKey(DAUGHTER_ID, 'getElder', { params: { elderId } });
const DAY_MS = 24 * 60 * 60 * 1000;

it('forgets answers that are older than two weeks, and nothing else', () => {
  writeSeen(key('old'), 1);
  storage.write('draft:bind', { code: '1234' });
  clock.now = () => Date.parse(NOW) + 14 * DAY_MS;
  writeSeen(key('new'), 2);
  clock.now = () => Date.parse(NOW) + 14 * DAY_MS + 1;
  pruneSeen();
  expect([readSeen(key('old')), readSeen(key('new'))]).toEqual([undefined, 2]);
  expect(storage.read('draft:bind')).toEqual({ code: '1234' });
});

it('goes on without a storage that is full or forbidden', () => {
  stage.storage.set = () => {
    throw new Error('QuotaExceededError');
  };
  try {
    expect(() => writeSeen(key('any'), 1)).not.toThrow();
  } finally {
    Reflect.deleteProperty(stage.storage, 'set');
  }
});
