import type { Position } from '../../../shared/contracts/alerts.ts';

/** Asks the browser, which asks the person the first time. Undefined where it is refused, unknown or late. */
function ask(timeoutMs: number): Promise<Position | undefined> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) =>
        resolve({
          longitude,
          latitude,
          accuracyMetres: Math.min(100_000, Math.max(0, accuracy)),
          coordinates: 'wgs84',
        }),
      () => resolve(undefined),
      { timeout: timeoutMs, maximumAge: 60_000, enableHighAccuracy: true },
    );
  });
}

/** Whether the person has allowed it already; asking in the moment of need would only stand in the way. */
export async function locationAllowed(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted';
  } catch {
    return false;
  }
}

/** Where this phone is, if that may be known without asking. */
export const locate = async (timeoutMs: number): Promise<Position | undefined> =>
  (await locationAllowed()) ? ask(timeoutMs) : undefined;

/** Asks the person for leave; answers whether it was given. */
export const allowLocation = async (): Promise<boolean> => (await ask(20_000)) !== undefined;
