// helmet@6.2.0
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ hsts: { preload: false } }));
//               ^^^^^^^^^^^^^^^^^^^^^^^^ info

app.get('/', (_req, res) => {
	res.send('hello');
});
