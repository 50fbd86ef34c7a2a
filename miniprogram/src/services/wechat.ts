import Taro from '@tarojs/taro';

/** Whether this platform brings messages by consent, and has a button that tells a verified number. */
export const inWechat = true;

/**
 * Asks WeChat's consent for one message of this template. It must be called within a tap, before anything is waited for: WeChat refuses
 * it otherwise. Answers whether it was given; never throws.
 */
export function askConsent(templateId: string): Promise<boolean> {
  // `entityIds` is Alipay's; Taro's types want it.
  const asked = { tmplIds: [templateId] } as Taro.requestSubscribeMessage.Option;
  return Taro.requestSubscribeMessage(asked).then(
    (answer) => (answer as unknown as Readonly<Record<string, unknown>>)[templateId] === 'accept',
    () => false,
  );
}
