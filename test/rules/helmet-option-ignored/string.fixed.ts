import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ frameguard: { action: 'deny' }, referrerPolicy: { policy: 'origin' } }));

app.get('/', (_req, res) => {
	res.send('hello');
});
