import express from 'express';
import helmet from 'helmet';

const app = express();

if (process.env.NODE_ENV === 'production') {
	app.use(helmet());
}

app.get('/', (_req, res) => {
	res.send('hello');
});
