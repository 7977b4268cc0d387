import express from 'express';
import helmet from 'helmet';

const app = express();

if (process.env.USE_HELMET) {
	app.use(helmet());
//       ^^^^^^^^ warning
}

app.get('/', (_req, res) => {
	res.send('hello');
});
