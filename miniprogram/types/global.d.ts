/// <reference types="@tarojs/taro" />

declare module '*.css';
declare module 'lucide-static/dist/esm/icons/*.mjs' {
  const svg: string;
  export default svg;
}

/** Addresses of the APIs by name (`AnxinApi`), fixed when the WeChat build is made. */
declare const ANXIN_BUILT_APIS: Record<string, string>;
/** Whether the build is for this machine's local cloud. */
declare const ANXIN_BUILT_DEV: boolean;
