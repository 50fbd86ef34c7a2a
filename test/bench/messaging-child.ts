import { startMessaging } from '../../infra/local/engine-messaging.ts';

/** SNS and SQS in a process of their own, as they are in the cloud: `node messaging-child.ts FOLDER`. */
const { endpoint } = await startMessaging(process.argv[2] ?? '');
process.send?.(endpoint);
