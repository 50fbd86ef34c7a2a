import Taro from '@tarojs/taro';
import type { Position } from '../../../shared/contracts/alerts.ts';

/** Whether WeChat would ask about privacy anew: the app was deleted and is back, or its guide has changed. Old phones know no such thing. */
const asksForPrivacy = (): Promise<boolean> =>
  new Promise((resolve) => {
    if (Taro.getPrivacySetting === undefined) return resolve(false);
    Taro.getPrivacySetting({
      success: ({ needAuthorization }) => resolve(needAuthorization),
      fail: () => resolve(true),
    });
  });

/** Whether the person has allowed it already; asking in the moment of need would only stand in the way. */
export async function locationAllowed(): Promise<boolean> {
  try {
    const { authSetting } = await Taro.getSetting();
    return authSetting['scope.userLocation'] === true && !(await asksForPrivacy());
  } catch {
    return false;
  }
}

/** Where this phone is, if that may be known without asking. */
export async function locate(timeoutMs: number): Promise<Position | undefined> {
  if (!(await locationAllowed())) return undefined;
  const asked = Taro.getLocation({ type: 'gcj02', isHighAccuracy: true, highAccuracyExpireTime: timeoutMs })
    .then(
      ({ longitude, latitude, accuracy }): Position => ({
        longitude,
        latitude,
        accuracyMetres: Math.min(100_000, Math.max(0, accuracy)),
        coordinates: 'gcj02',
      }),
    )
    .catch(() => undefined);
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), timeoutMs));
  return Promise.race([asked, late]);
}

/** Asks the person for leave; answers whether it was given. */
export async function allowLocation(): Promise<boolean> {
  try {
    await Taro.authorize({ scope: 'scope.userLocation' });
    return true;
  } catch {
    return false;
  }
}
