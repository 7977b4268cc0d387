import express from 'express';
import helmet from 'helmet';

const app = express();

app.get('/early', (_req, res) => {
	res.send('early');
});

// Security headers for what follows.
app.use(helmet());
//      ^^^^^^^^ error

app.get('/', (_req, res) => {
	res.send('hello');
});
