/** The web has no messages by consent, and no button that tells a verified number: see `wechat.ts`. */
export const inWechat = false;

export const askConsent = (_templateId: string): Promise<boolean> => Promise.resolve(false);
