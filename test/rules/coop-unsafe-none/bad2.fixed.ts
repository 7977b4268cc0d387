import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ crossOriginOpenerPolicy: { policy: 'same-origin' } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
