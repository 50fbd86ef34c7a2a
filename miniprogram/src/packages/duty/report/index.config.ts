export default definePageConfig({ navigationBarTitleText: '求助报告' });
