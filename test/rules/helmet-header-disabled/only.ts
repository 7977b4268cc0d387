import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ noSniff: false }));
//               ^^^^^^^^^^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
