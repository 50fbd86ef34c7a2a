const PREFIX = 'anxin:meal:';

/** The text of the QR code that an elder shows at the canteen. */
export const mealCodeOf = (orderId: string): string => PREFIX + orderId;

/** The order's id out of a scanned code; undefined when the code is something else. */
export const orderIdOf = (code: string): string | undefined =>
  /^anxin:meal:[0-9a-f-]{36}$/.test(code.trim()) ? code.trim().slice(PREFIX.length) : undefined;
