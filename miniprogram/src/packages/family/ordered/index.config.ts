export default definePageConfig({ navigationBarTitleText: '订好了' });
