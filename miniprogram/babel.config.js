// Phones in old people's hands run old engines: everything becomes ES5, also shared/ and zod (see compile.include).
module.exports = {
  presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5', hot: false }]],
};
