import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ crossOriginEmbedderPolicy: false, frameguard: { action: 'deny' } }));

app.get('/', (_req, res) => {
	res.send('hello');
});
