export default definePageConfig({ navigationBarTitleText: '看好再订' });
