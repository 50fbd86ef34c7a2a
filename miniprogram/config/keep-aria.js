/**
 * Taro's WeChat templates know no `role` and no `aria-*`, so what a component says to a screen reader is lost on the way to
 * WXML. This plugin writes them onto the templates of the components that we use. They get no short alias (as Taro's own
 * attributes do), because the runtime must find them under the same name without knowing of this plugin.
 */
const KEPT = {
  'aria-role': 'i.role',
  'aria-label': '',
  'aria-checked': '',
  'aria-disabled': '',
  'aria-expanded': '',
  'aria-hidden': '',
  'aria-level': '',
  'aria-live': '',
  'aria-pressed': '',
  'aria-selected': '',
};
const COMPONENTS = ['view', 'text', 'image', 'input', 'textarea', 'button'];

module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (platform.platform !== 'weapp') return;
      platform.template.modifyCompProps = (name, props) => (COMPONENTS.includes(name) ? { ...props, ...KEPT } : props);
    },
  });
};
