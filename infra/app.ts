import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AnxinAlerts } from './stacks/anxin-alerts.ts';
import { AnxinApi } from './stacks/anxin-api.ts';
import { AnxinData } from './stacks/anxin-data.ts';
import { AnxinWatch } from './stacks/anxin-watch.ts';
import { stageSettings } from './stage-settings.ts';

const app = new App();
const settings = stageSettings((name) => app.node.tryGetContext(name));
const props = { settings, ...(settings.region ? { env: { region: settings.region } } : {}) };
const data = new AnxinData(app, 'AnxinData', props);
const alerts = new AnxinAlerts(app, 'AnxinAlerts', { ...props, data });
const api = new AnxinApi(app, 'AnxinApi', { ...props, data });
new AnxinWatch(app, 'AnxinWatch', { ...props, data, watched: { alerts, api } });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
