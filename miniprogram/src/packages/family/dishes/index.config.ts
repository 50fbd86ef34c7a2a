export default definePageConfig({ navigationBarTitleText: '选菜' });
