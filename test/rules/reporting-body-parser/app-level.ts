import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportUri: '/csp-report' } } }));
app.use(express.json());
app.post('/csp-report', (req, res) => {
//< info
	console.log(req.body);
	res.status(204).end();
});
