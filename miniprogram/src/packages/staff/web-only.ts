/** What only the web page can do; WeChat has no printer and no files to save. */
export const onWeb = process.env.TARO_ENV === 'h5';

export function printPage(): void {
  if (onWeb) window.print();
}

/** Saves a text file. Spreadsheets read Chinese in a CSV only behind a byte order mark, which reading the answer took away. */
export function saveFile(name: string, text: string): void {
  if (!onWeb) return;
  const blob = new Blob([text.startsWith('\ufeff') ? text : `\ufeff${text}`], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
