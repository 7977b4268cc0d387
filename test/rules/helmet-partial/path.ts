import express from 'express';
import helmet from 'helmet';

const app = express();

app.use('/admin', helmet());
//                ^^^^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
