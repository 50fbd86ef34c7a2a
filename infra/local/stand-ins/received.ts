/** A message to somebody that a stand-in of the world outside has taken. */
export interface Received {
  /** When, milliseconds since the epoch. */
  readonly at: number;
  readonly channel: 'wechat' | 'sms' | 'voice' | 'partner';
  /** The phone number, openid or partner. */
  readonly to: string;
  /** The alert that it is about, and which notice of it (`wave-1`); empty where the message says neither. */
  readonly alertId: string;
  readonly notice: string;
  readonly text: string;
  readonly drill: boolean;
}
