import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet());
app.use((_req, res, next) => {
	next();
});

app.get('/', (_req, res) => {
	res.send('hello');
});
