import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(
	helmet({
		contentSecurityPolicy: { directives: { reportUri: ['/csp-report'] } },
//                                                    ^^^^^^^^^^^ warning
	}),
);
app.get('/csp-report', (_req, res) => {
	res.send('only for people');
});
