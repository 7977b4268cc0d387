import express from 'express';
import helmet from 'helmet';

const app = express();

// Security headers for what follows.
app.use(helmet());
app.get('/early', (_req, res) => {
	res.send('early');
});

app.get('/', (_req, res) => {
	res.send('hello');
});
