import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(
	helmet({
		contentSecurityPolicy: { directives: { reportUri: ['/csp-report'] } },
	}),
);
app.post('/csp-report', express.json({ type: ['application/csp-report', 'application/reports+json'] }), (req, res) => {
	console.log(JSON.stringify(req.body));
	res.status(204).end();
});
app.get('/csp-report', (_req, res) => {
	res.send('only for people');
});
