import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ referrerPolicy: { policy: 'strict-origin-when-cross-origin' } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
