import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet());
app.get('/', (_req, res) => {
	res.send('hello');
});
// The route above keeps its X-Frame-Options.
app.use(helmet({ contentSecurityPolicy: false, frameguard: { action: 'deny' } }));
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
app.get('/later', (_req, res) => {
	res.send('hello');
});
