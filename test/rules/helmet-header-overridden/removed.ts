import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet());
app.use((_req, res, next) => {
	res.removeHeader('X-Frame-Options');
//< warning
	next();
});

app.get('/', (_req, res) => {
	res.send('hello');
});
