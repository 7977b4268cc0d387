import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet());

app.get('/secure', (_req, res) => {
	res.send('secure');
});

app.get('/', (_req, res) => {
	res.send('hello');
});
