export default definePageConfig({ navigationBarTitleText: '设固定订餐' });
