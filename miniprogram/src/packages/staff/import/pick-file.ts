/** Lets the person choose a file, on the web. Undefined when none was chosen. */
export function pickFile(): Promise<{ name: string; bytes: ArrayBuffer } | undefined> {
  if (process.env.TARO_ENV !== 'h5') return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.csv,text/csv';
    input.addEventListener('cancel', () => resolve(undefined));
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (file === undefined) resolve(undefined);
      else void file.arrayBuffer().then((bytes) => resolve({ name: file.name, bytes }));
    });
    input.click();
  });
}
