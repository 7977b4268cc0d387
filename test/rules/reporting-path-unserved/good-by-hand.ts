import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportUri: ['/csp-report'] } } }));
app.use((req, res, next) => {
	if (req.path === '/csp-report') {
		res.status(204).end();
		return;
	}
	next();
});
