import express from 'express';
import helmet from 'helmet';
import { api } from './api';
import { addRoutes } from './routes';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportUri: ['/api/csp-report'] } } }));
app.use('/api', api);
const other = express();
other.use(helmet({ contentSecurityPolicy: { directives: { reportUri: '/csp-report' } } }));
addRoutes(other);
