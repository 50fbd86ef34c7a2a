/** The title of the browser's window. Taro's router would write it as markup into a bar of its own, whatever stands in a name. */
export const showTitle = (title: string): void => {
  document.title = title;
};
