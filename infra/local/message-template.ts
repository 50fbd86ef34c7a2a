/** The template of WeChat's messages on one machine: what the town's consents are for. */
export const LOCAL_MESSAGE_TEMPLATE = 'local-template';
