import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet()); // everything
// but this
app.use(
	helmet({
//< warning
		// No policy yet.
		contentSecurityPolicy: false,
		hsts: { maxAge: 63072000 },
		frameguard: { action: 'deny' },
	}),
);

app.get('/', (_req, res) => {
	res.send('hello');
});
