import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// WeChat's own compiler of templates: its binary turns WXML into a script that renders them.
const { wxmlToJs } = require('miniprogram-compiler') as { wxmlToJs(folder: string): string };

/** A node as WeChat's template compiler renders it. Custom components keep the objects that they are given. */
export interface WxNode {
  readonly tag: string;
  readonly attr: Readonly<Record<string, unknown>>;
  readonly children: readonly (WxNode | string)[];
}

/** Renders a template of the bundle: `render('pages/home/index.wxml', data)`. */
export type Render = (file: string, data: object) => WxNode;

/** As the compiler's script gives it: nodes that only group others have no attributes. */
interface RawNode {
  readonly tag: string;
  readonly attr?: Readonly<Record<string, unknown>>;
  readonly children?: readonly (RawNode | string)[];
}
type Generated = (file: string) => ((data: object) => RawNode) | undefined;

export function compileWxml(folder: string): Render {
  const script = wxmlToJs(folder);
  // The compiler's output is a script for WeChat's own process, not for the app's.
  const $gwx = new Function('global', 'window', `${script}; return $gwx`)({}, {}) as Generated;
  const render: Render = (file, data) => {
    const generate = $gwx(`./${file}`) ?? $gwx(file);
    if (generate === undefined) throw new Error(`the bundle has no template ${file}`);
    return deepen(generate(data), render);
  };
  return render;
}

/** Taro nests templates to a depth and then goes on in a component of itself; its content belongs to the page. */
function deepen({ tag, attr = {}, children: raw = [] }: RawNode, render: Render): WxNode {
  const children = raw.map((child) => (typeof child === 'string' ? child : deepen(child, render)));
  if (tag === 'wx-comp') return { tag, attr, children: [render('comp.wxml', { i: attr.i, l: attr.l ?? '' })] };
  return { tag, attr, children };
}

export function* walk(node: WxNode): Generator<WxNode> {
  yield node;
  for (const child of node.children) if (typeof child !== 'string') yield* walk(child);
}

export const textOf = (node: WxNode): string =>
  node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
