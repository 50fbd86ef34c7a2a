import Taro from '@tarojs/taro';

/** Opens the phone's own dialling page; the person still presses the green button. */
export function callPhone(phone: string): void {
  if (process.env.TARO_ENV === 'h5') window.location.href = `tel:${phone}`;
  else void Taro.makePhoneCall({ phoneNumber: phone }).catch(() => undefined);
}
