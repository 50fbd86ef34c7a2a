export default defineAppConfig({
  pages: ['pages/home/index', 'pages/order/index', 'pages/orders/index', 'pages/me/index', 'pages/sign-in/index'],
  subPackages: [
    {
      root: 'packages/family',
      pages: [
        'bind/index',
        'elder/index',
        'pause/index',
        'consents/index',
        'access-log/index',
        'dishes/index',
        'confirm/index',
        'ordered/index',
        'meal-order/index',
        'change-order/index',
        'standing/index',
        'new-standing/index',
      ],
    },
  ],
  window: {
    navigationBarTitleText: '安心',
    navigationBarBackgroundColor: '#FFFBF5',
    navigationBarTextStyle: 'black',
    backgroundColor: '#FFFBF5',
    backgroundTextStyle: 'dark',
  },
  // The bar is our own (components/tab-bar.tsx): WeChat's writes its words in 10 px.
  tabBar: {
    custom: true,
    color: '#55493F',
    selectedColor: '#0A5A57',
    backgroundColor: '#FFFBF5',
    list: [
      { pagePath: 'pages/home/index', text: '首页' },
      { pagePath: 'pages/order/index', text: '点餐' },
      { pagePath: 'pages/orders/index', text: '订单' },
      { pagePath: 'pages/me/index', text: '我的' },
    ],
  },
});
