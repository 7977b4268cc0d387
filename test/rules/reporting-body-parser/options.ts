import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportUri: '/csp-report' } } }));
app.post('/csp-report', express.json({ limit: '10kb' }), (req, res) => {
//                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info
	console.log(req.body);
	res.status(204).end();
});
