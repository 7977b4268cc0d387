import express from 'express';
import helmet from 'helmet';
import { list } from './list';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportUri: ['/api/csp-report', 'https://reports.example/r'] } } }));
app.get('/list', list);
const api = express.Router();
api.post('/csp-report', (_req, res) => {
	res.status(204).end();
});
app.use('/api', api);
