import { createServer, type Server } from 'node:http';

/**
 * Stands in for `GET https://api.weixin.qq.com/sns/jscode2session`. It knows the demo people's login codes, which, unlike real
 * ones, work more than once. Replies have WeChat's own shape: status 200 always, `errcode` where refused. To the code `busy`
 * it answers that it is busy itself.
 */
export function wechatStandIn(openidOf: (code: string) => string | undefined): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const reply = (body: object): void => {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
    };
    if (url.pathname !== '/sns/jscode2session') return reply({ errcode: 40066, errmsg: 'invalid url' });
    const needed = ['appid', 'secret', 'js_code', 'grant_type'];
    const missing = needed.find((name) => !url.searchParams.get(name));
    if (missing) return reply({ errcode: 41002, errmsg: `${missing} missing` });
    if (url.searchParams.get('grant_type') !== 'authorization_code')
      return reply({ errcode: 40002, errmsg: 'invalid grant_type' });
    if (url.searchParams.get('js_code') === 'busy') return reply({ errcode: -1, errmsg: 'system error' });
    const openid = openidOf(url.searchParams.get('js_code') ?? '');
    if (openid === undefined) return reply({ errcode: 40029, errmsg: 'invalid code' });
    reply({ openid, session_key: 'c3RhbmQtaW4ga2V5IA==' });
  });
}
