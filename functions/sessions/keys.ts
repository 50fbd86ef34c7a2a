/** Every key of the sessions table. `gsi1` lists the staff of a city by area. */

export const personKey = (personId: string) => ({ pk: `PERSON#${personId}`, sk: 'PERSON' });

/** Who signs in with a phone number, or with a WeChat account: one item for each, so that none is two people's. */
export const phoneKey = (phone: string) => ({ pk: `PHONE#${phone}`, sk: 'PERSON' });
export const wechatKey = (openid: string) => ({ pk: `WECHAT#${openid}`, sk: 'PERSON' });

export const staffOfCity = (area: string) => `STAFF#${area.slice(0, 4)}`;
export const staffIndex = (area: string, personId: string) => ({
  gsi1pk: staffOfCity(area),
  gsi1sk: `${area}#${personId}`,
});

export const oneTimeCodeKey = (phone: string) => ({ pk: `ONE-TIME-CODE#${phone}`, sk: 'ONE-TIME-CODE' });
/** A code by which a person who is signed in shows that a number is theirs. */
export const ownPhoneCodeKey = (phone: string, personId: string) => ({
  pk: `ONE-TIME-CODE#${phone}`,
  sk: `OWN-PHONE#${personId}`,
});
/** How often a person has tried to have a number taken for their own. */
export const ownPhoneTriesKey = (personId: string) => ({ pk: `ATTEMPTS#${personId}`, sk: 'OWN-PHONE' });
export const codeRequestsKey = (phone: string) => ({ pk: `ATTEMPTS#${phone}`, sk: 'ONE-TIME-CODE' });

/** A chain of refresh tokens, by the hash of the part that they have in common. */
export const chainKey = (chainHash: string) => ({ pk: `CHAIN#${chainHash}`, sk: 'CHAIN' });
