export default definePageConfig({ navigationBarTitleText: '暂停用餐' });
