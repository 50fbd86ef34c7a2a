export default definePageConfig({ navigationBarTitleText: '以前的求助' });
