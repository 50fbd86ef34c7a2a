export default definePageConfig({ navigationBarTitleText: '护理资料' });
