import Taro from '@tarojs/taro';

/** The title above the page, which WeChat shows as text. */
export const showTitle = (title: string): void => void Taro.setNavigationBarTitle({ title });
