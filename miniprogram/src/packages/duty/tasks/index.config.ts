export default definePageConfig({ navigationBarTitleText: '上门查看' });
